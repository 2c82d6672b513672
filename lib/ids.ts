import { randomFillSync } from "node:crypto";

/** Every id carries a prefix from this list and 128 random bits in base 62; one of a call its time and 89. */
export type IdPrefix =
  | "usr"
  | "ws"
  | "ses"
  | "tok"
  | "key"
  | "sec"
  | "led"
  | "lot"
  | "hold"
  | "pur"
  | "pack"
  | "req"
  | "con"
  | "rou"
  | "pri"
  | "mail"
  | "gw"
  | "code"
  | "evt";

export const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Random bytes fetched in bulk, because each fetch costs more than making an id; each is used once and wiped. */
const POOL = Buffer.alloc(8_192);
let used = POOL.length;

/** Uniform base-62 text from the system's random source. */
export function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) {
    if (used === POOL.length) {
      randomFillSync(POOL);
      used = 0;
    }
    const byte = POOL[used] ?? 255;
    POOL[used++] = 0;
    if (byte < 248) text += BASE62[byte % 62];
  }
  return text;
}

/** A new id, for example `key_4fT...` with 22 base-62 characters (131 bits). */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${randomBase62(22)}`;
}

/** Milliseconds since 1970 in base 62 take seven digits until the year 2081. */
const TIME_DIGITS = 7;
let lastMs = -1;
let lastDigits = "";

function timeDigits(nowMs: number): string {
  if (nowMs === lastMs) return lastDigits;
  let rest = nowMs;
  let digits = "";
  for (let i = 0; i < TIME_DIGITS; i++) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  lastMs = nowMs;
  lastDigits = digits;
  return digits;
}

/**
 * An id that sorts by its time, with 15 random base-62 characters behind it (89 bits). For rows that come by the
 * thousand each second: random ids would touch a page of the index each, as many as there are, and write it whole
 * after each checkpoint; these stay together at its end.
 */
export function newTimedId(prefix: IdPrefix): string {
  return `${prefix}_${timeDigits(Date.now())}${randomBase62(22 - TIME_DIGITS)}`;
}
