import type { SetupKey } from "../../_parts/load-setup";

/** What was typed into “Paste your key”: whose it is, or what is wrong with it. */
export type KeyVerdict =
  | { kind: "empty" }
  | { kind: "ours"; keyId: string; secret: string }
  | { kind: "tooShort"; given: number; wanted: number }
  | { kind: "foreign" }
  | { kind: "management" }
  | { kind: "unknown"; ending: string };

const LENGTH = 55;
const SHAPE = /^sk-tg-[0-9A-Za-z]{49}$/;

/** Judges by shape and last four characters alone: nothing is sent anywhere. Quotes and `Bearer` are forgiven. */
export function judgeKey(typed: string, keys: readonly SetupKey[], chosenId: string): KeyVerdict {
  const text = typed
    .trim()
    .replace(/^(authorization:\s*)?bearer\s+/i, "")
    .replace(/^[A-Z_]{3,}=/, "")
    .replace(/^["'`]|["'`]$/g, "")
    .trim();
  if (text === "") return { kind: "empty" };
  if (text.startsWith("mk-tg-")) return { kind: "management" };
  if (!"sk-tg-".startsWith(text.slice(0, 6)) || /[^0-9A-Za-z-]/.test(text)) return { kind: "foreign" };
  if (!SHAPE.test(text)) return { kind: "tooShort", given: text.length, wanted: LENGTH };
  const ending = text.slice(-4);
  const owners = keys.filter(({ endings }) => endings.includes(ending));
  const owner = owners.find(({ id }) => id === chosenId) ?? owners[0];
  return owner ? { kind: "ours", keyId: owner.id, secret: text } : { kind: "unknown", ending };
}
