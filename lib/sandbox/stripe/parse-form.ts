import { StripeFault } from "@/lib/sandbox/stripe/stripe-fault";

export type FormValue = string | FormValue[] | { [key: string]: FormValue };

const MAX_DEPTH = 8;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Stripe's form encoding to nested values: `a[b]=1`, `list[0][price]=x`, `expand[]=y`. Every leaf is a string.
 * Throws StripeFault (400) on names that do not parse or contradict each other.
 */
export function parseForm(text: string): { [key: string]: FormValue } {
  const root: Node = new Map();
  for (const [name, value] of new URLSearchParams(text)) {
    const path = splitName(name);
    let node = root;
    for (const [depth, part] of path.entries()) {
      const key = part === "" ? String(node.size) : part;
      if (depth === path.length - 1) {
        if (node.get(key) instanceof Map) throw malformed(name);
        node.set(key, value);
        continue;
      }
      const next = node.get(key) ?? new Map();
      if (typeof next === "string") throw malformed(name);
      node.set(key, next);
      node = next;
    }
  }
  return Object.fromEntries([...root].map(([key, value]) => [key, plain(value)]));
}

type Node = Map<string, string | Node>;

function splitName(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!match) throw malformed(name);
  const parts = [match[1] ?? "", ...[...(match[2] ?? "").matchAll(/\[([^[\]]*)\]/g)].map((m) => m[1] ?? "")];
  if (parts.length > MAX_DEPTH || parts.some((part) => FORBIDDEN.has(part))) throw malformed(name);
  return parts;
}

function plain(value: string | Node): FormValue {
  if (typeof value === "string") return value;
  const entries = [...value];
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) {
    return entries.map(([, item]) => plain(item));
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, plain(item)]));
}

function malformed(name: string): StripeFault {
  return new StripeFault(400, {
    type: "invalid_request_error",
    message: `Invalid request: the parameter name '${name.slice(0, 100)}' is malformed or contradicts another one.`,
  });
}
