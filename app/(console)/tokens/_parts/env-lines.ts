/** A fresh secret with the key that it belongs to. */
export interface NamedSecret {
  id: string;
  name: string;
  secret: string;
}

/**
 * Fresh secrets as one `.env` file: `LOBECHAT_ON_THE_SERVER=sk-tg-...`, each under a comment with the key's own
 * name and id. Two keys whose names make the same variable are told apart by a number.
 */
export function envLines(secrets: readonly NamedSecret[], title: string): string {
  const taken = new Set<string>();
  const lines = [`# ${oneLine(title)}`];
  for (const { id, name, secret } of secrets) {
    const base = variableName(name);
    let variable = base;
    for (let n = 2; taken.has(variable); n += 1) variable = `${base}_${n}`;
    taken.add(variable);
    lines.push("", `# ${oneLine(name)} (${id})`, `${variable}=${secret}`);
  }
  return `${lines.join("\n")}\n`;
}

/** A name as people give it, as the name of an environment variable. */
function variableName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return plain === "" || /^\d/.test(plain) ? `KEY_${plain}`.replace(/_$/, "") : plain;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
