import { createHmac } from "node:crypto";
import { crc32 } from "node:zlib";
import { BASE62, randomBase62 } from "@/lib/ids";

/** What a credential is for: calls to models, or managing keys. */
export type KeyKind = "inference" | "management";

const PREFIX: Record<KeyKind, string> = { inference: "sk-tg-", management: "mk-tg-" };
/** 62^43 > 2^256. */
const SECRET_LENGTH = 43;
/** 62^6 > 2^32. */
const CHECK_LENGTH = 6;
const PREFIX_LENGTH = 6;
export const KEY_LENGTH = PREFIX_LENGTH + SECRET_LENGTH + CHECK_LENGTH;
const SHAPE = /^(sk|mk)-tg-[0-9A-Za-z]{49}$/;

/** CRC-32 (IEEE 802.3, as in zlib) of prefix and secret, in six base-62 digits, most significant first. */
function checksum(body: string): string {
  let rest = crc32(body);
  let digits = "";
  for (let i = 0; i < CHECK_LENGTH; i++) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** A new usable key with 256 random bits. It is shown once; only its digest is ever stored. */
export function makeKey(kind: KeyKind): string {
  const body = PREFIX[kind] + randomBase62(SECRET_LENGTH);
  return body + checksum(body);
}

/** The kind of a well-formed key, or null. Costs no query: a mistyped or truncated key fails its checksum. */
export function parseKey(text: string): KeyKind | null {
  if (text.length !== KEY_LENGTH || !SHAPE.test(text)) return null;
  const body = text.slice(0, -CHECK_LENGTH);
  if (checksum(body) !== text.slice(-CHECK_LENGTH)) return null;
  return text.startsWith(PREFIX.inference) ? "inference" : "management";
}

/** What may be stored and shown beside a digest: `sk-tg-` and the last four characters. */
export function maskKey(secret: string): { prefix: string; lastFour: string } {
  return { prefix: secret.slice(0, PREFIX_LENGTH), lastFour: secret.slice(-4) };
}

/** A secret of the server, outside the database, under which keys are digested. */
export interface Pepper {
  version: number;
  value: string;
}

/**
 * Reads TOLLGATE_KEY_PEPPER, `v2:...,v1:...`, newest first whatever the order given.
 * Throws an Error that never repeats a value.
 */
export function parsePeppers(text: string | undefined): Pepper[] {
  if (!text) throw new Error("TOLLGATE_KEY_PEPPER is not set");
  const peppers = text.split(",").map((part) => {
    const match = /^v(\d{1,4}):(.{16,})$/.exec(part.trim());
    if (!match) {
      throw new Error("TOLLGATE_KEY_PEPPER must be v1:<at least 16 characters>, comma-separated");
    }
    return { version: Number(match[1]), value: match[2] ?? "" };
  });
  if (new Set(peppers.map((pepper) => pepper.version)).size !== peppers.length) {
    throw new Error("TOLLGATE_KEY_PEPPER names a version twice");
  }
  return peppers.sort((a, b) => b.version - a.version);
}

/** HMAC-SHA-256 of a secret under one pepper: 32 bytes, what `key_secrets.digest` holds. */
export function digestUnder(secret: string, pepper: Pepper): Buffer {
  return createHmac("sha256", pepper.value).update(secret).digest();
}

/** The digest to store for a new secret: under the newest pepper. */
export function digestKey(
  secret: string,
  peppers: readonly Pepper[],
): { digest: Buffer; pepperVersion: number } {
  const newest = peppers[0];
  if (!newest) throw new Error("TOLLGATE_KEY_PEPPER is not set");
  return { digest: digestUnder(secret, newest), pepperVersion: newest.version };
}

/** Every digest under which a secret may be stored, newest pepper first, for looking it up. */
export function candidateDigests(secret: string, peppers: readonly Pepper[]): Buffer[] {
  return peppers.map((pepper) => digestUnder(secret, pepper));
}
