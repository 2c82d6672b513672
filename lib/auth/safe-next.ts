const LONGEST = 2_000;

/**
 * Where to go after signing in: the path if it stays on this site, else null. Only a path that starts with one
 * slash, and neither `//` nor `/\`, without control characters (browsers drop tabs and line breaks, which would
 * join `/` and `/`), and that a browser resolves to the same origin.
 */
export function safeNext(value: unknown): string | null {
  if (typeof value !== "string" || value.length > LONGEST) return null;
  if (!/^\/(?![/\\])/.test(value)) return null;
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f || character === "\\") return null;
  }
  const base = "http://tollgate.invalid";
  try {
    const url = new URL(value, base);
    if (url.origin !== base || url.pathname.startsWith("//")) return null;
    return url.pathname + url.search + url.hash;
  } catch {
    return null;
  }
}
