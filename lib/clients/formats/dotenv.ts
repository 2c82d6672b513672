/** A line of a .env file: a variable, or a comment when it is a plain text. */
export type EnvLine = readonly [name: string, value: string] | string;

/**
 * A .env file that dotenv, Docker Compose, `docker run --env-file` and Vercel's import read alike. They agree on
 * bare values only (`--env-file` keeps quotes as part of the value), so a value is quoted only if it must be.
 * Values hold no line breaks and no quotes: prepare-facts and model-lists see to that.
 */
export function dotenv(lines: readonly EnvLine[]): string {
  return `${lines.map((line) => (typeof line === "string" ? `# ${oneLine(line)}` : envLine(line))).join("\n")}\n`;
}

function envLine([name, value]: readonly [string, string]): string {
  const text = oneLine(value);
  return /[#$`\\]|^['"\s]|\s$/.test(text) ? `${name}='${text.replaceAll("'", "")}'` : `${name}=${text}`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}
