/** A place in a list of keys: just beside this key, on its later or its earlier side. */
export interface KeyPlace {
  side: "after" | "before";
  /** What the key had in the column by which the list is sorted, as Postgres writes it. */
  value: string;
  keyId: string;
  /** How many keys stood before the page that this place opens, for saying "51 to 100". */
  skipped: number;
}

const LONGEST = 1_000;

/** The place as text for a URL. */
export function writePlace({ side, value, keyId, skipped }: KeyPlace): string {
  return Buffer.from(JSON.stringify([side, value, keyId, skipped])).toString("base64url");
}

/** The place in a text; null if it is garbled. What it asks for is only ever looked up in the caller's workspace. */
export function parsePlace(text: string): KeyPlace | null {
  if (text.length > LONGEST || !/^[\w-]+$/.test(text)) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (!Array.isArray(parts) || parts.length !== 4) return null;
    const [side, value, keyId, skipped] = parts as unknown[];
    if (side !== "after" && side !== "before") return null;
    if (typeof value !== "string" || value.includes("\0") || typeof keyId !== "string") return null;
    if (!/^key_[0-9A-Za-z]{22}$/.test(keyId)) return null;
    if (typeof skipped !== "number" || !Number.isSafeInteger(skipped) || skipped < 0) return null;
    return { side, value, keyId, skipped };
  } catch {
    return null;
  }
}
