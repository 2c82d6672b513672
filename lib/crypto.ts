import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

/** What a key is for. Each purpose gets its own key by HKDF, so that a text of one never opens as another. */
export type Purpose = "mail-body" | "connection-key" | "prompt" | "idempotent-answer" | "customer-webhook";

/** The row that a text belongs to; sealed in, so that it cannot be moved to another row. */
export interface Place {
  table: string;
  id: string;
}

const FORMAT = 1;
const HEADER_BYTES = 3;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * The keys of TOLLGATE_ENCRYPTION_KEY (`v2:<base64>,v1:<base64>`), the one to seal with first. Throws an Error
 * that says what is wrong, never the value.
 */
export function parseKeyRing(text: string | undefined): [version: number, key: Buffer][] {
  const ring = (text ?? "").split(",").filter((part) => part.trim() !== "");
  if (ring.length === 0)
    throw new Error("TOLLGATE_ENCRYPTION_KEY is not set: v1:<32 random bytes in base64>");
  return ring.map((part) => {
    const match = /^v([1-9]\d{0,4}):([A-Za-z0-9+/_-]+={0,2})$/.exec(part.trim());
    const version = Number(match?.[1]);
    const key = Buffer.from(match?.[2] ?? "", "base64");
    if (!match || version > 65_535 || key.length < KEY_BYTES) {
      throw new Error("TOLLGATE_ENCRYPTION_KEY: every part is v<number>:<at least 32 bytes in base64>");
    }
    return [version, key];
  });
}

function keyFor(secret: Buffer, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "tollgate", purpose, KEY_BYTES));
}

function additional(header: Buffer, place: Place): Buffer {
  return Buffer.concat([header, Buffer.from(`${place.table}:${place.id}`)]);
}

/** AES-256-GCM with the newest key: format, key version, nonce, text, tag. */
export function sealText(
  purpose: Purpose,
  place: Place,
  text: string,
  ringText: string | undefined = env().TOLLGATE_ENCRYPTION_KEY,
): Uint8Array<ArrayBuffer> {
  const [newest] = parseKeyRing(ringText);
  if (!newest) throw new Error("TOLLGATE_ENCRYPTION_KEY is empty");
  const [version, secret] = newest;
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(FORMAT, 0);
  header.writeUInt16BE(version, 1);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor(secret, purpose), iv);
  cipher.setAAD(additional(header, place));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return new Uint8Array(Buffer.concat([header, iv, sealed, cipher.getAuthTag()]));
}

/** The text again. Throws when it was changed, belongs to another row or purpose, or its key is gone. */
export function openText(
  purpose: Purpose,
  place: Place,
  sealed: Uint8Array,
  ringText: string | undefined = env().TOLLGATE_ENCRYPTION_KEY,
): string {
  const bytes = Buffer.from(sealed);
  if (bytes.length < HEADER_BYTES + IV_BYTES + TAG_BYTES || bytes.readUInt8(0) !== FORMAT) {
    throw new Error("not a sealed text");
  }
  const version = bytes.readUInt16BE(1);
  const secret = parseKeyRing(ringText).find(([candidate]) => candidate === version)?.[1];
  if (!secret) throw new Error(`TOLLGATE_ENCRYPTION_KEY has no key v${version}, which this text needs`);
  const header = bytes.subarray(0, HEADER_BYTES);
  const iv = bytes.subarray(HEADER_BYTES, HEADER_BYTES + IV_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", keyFor(secret, purpose), iv);
  decipher.setAAD(additional(header, place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  const text = bytes.subarray(HEADER_BYTES + IV_BYTES, -TAG_BYTES);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
}
