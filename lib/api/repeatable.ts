import { createHmac, timingSafeEqual } from "node:crypto";
import { ApiError } from "@/lib/api/api-error";
import type { Caller } from "@/lib/api/authenticate";
import { openText, sealText } from "@/lib/crypto";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

/** An answer, as it was first given or as it is given again. */
export interface Answer {
  status: number;
  /** JSON. */
  text: string;
  repeated: boolean;
}

/** What makes a request the same: its words, and its Idempotency-Key where it has one. */
export interface Repeat {
  key: string | null;
  request: { method: string; path: string; body: string };
}

const LONGEST = 255;
const TIMEOUT_MS = 15_000;

/** The Idempotency-Key of a request, or null. Throws invalid_input unless it is 1 to 255 visible ASCII characters. */
export function idempotencyKey(headers: Headers): string | null {
  const key = headers.get("idempotency-key");
  if (key === null) return null;
  if (key.length > LONGEST || !/^[\x21-\x7e]+$/.test(key)) {
    throw new AppError("invalid_input", "idempotencyKey", { field: "Idempotency-Key" });
  }
  return key;
}

/**
 * Makes a change once for each Idempotency-Key of a management key: the change and its answer are one transaction,
 * a second request waits for the first, and for a day the same request gets the same answer again (draft-ietf-
 * httpapi-idempotency-key-header). A refusal changes nothing and is not kept: the repeat is decided anew. Throws
 * ApiError when another request used the key.
 *
 * An answer may hold a new secret, so it is sealed under a key that HMAC derives from the caller's own management
 * key: only who sends that key again can open it, and neither the database nor the server's settings can.
 */
export async function answerOnce(
  caller: Caller,
  { key, request }: Repeat,
  status: number,
  work: (tx: Tx | undefined) => Promise<unknown>,
): Promise<Answer> {
  if (key === null) return { status, text: JSON.stringify(await work(undefined)), repeated: false };
  const digest = under(caller.secret, "key", key);
  const requestDigest = under(caller.secret, "request", `${request.method} ${request.path}\n${request.body}`);
  const place = { table: "idempotent_answers", id: `${caller.keyId}:${digest.toString("hex")}` };
  const ring = `v1:${under(caller.secret, "seal", key).toString("base64")}`;
  const id = { keyId: caller.keyId, digest: new Uint8Array(digest) };

  return db().$transaction(
    async (tx) => {
      // Waits while another request with the same key is under way, and takes its place when that one is refused.
      const { count } = await tx.idempotentAnswer.createMany({
        data: [{ ...id, requestDigest: new Uint8Array(requestDigest), status, bodyCipher: new Uint8Array() }],
        skipDuplicates: true,
      });
      if (count === 1) {
        const text = JSON.stringify(await work(tx));
        const bodyCipher = sealText("idempotent-answer", place, text, ring);
        await tx.idempotentAnswer.update({ where: { keyId_digest: id }, data: { bodyCipher } });
        return { status, text, repeated: false };
      }
      const first = await tx.idempotentAnswer.findUniqueOrThrow({ where: { keyId_digest: id } });
      if (!timingSafeEqual(Buffer.from(first.requestDigest), requestDigest)) {
        throw new ApiError("idempotency_key_reused", "idempotencyKeyReused");
      }
      const text = openText("idempotent-answer", place, first.bodyCipher, ring);
      return { status: first.status, text, repeated: true };
    },
    { timeout: TIMEOUT_MS, maxWait: TIMEOUT_MS },
  );
}

function under(secret: string, purpose: string, text: string): Buffer {
  return createHmac("sha256", secret).update(`${purpose}\0${text}`).digest();
}
