import { createHash } from "node:crypto";
import { db, type Tx } from "@/lib/db";
import { newId, randomBase62 } from "@/lib/ids";
import type { TokenPurpose } from "@/prisma/generated/enums";

/** How long a link in a mail works. */
const LIFETIME_MINUTES: Record<TokenPurpose, number> = {
  verify_email: 24 * 60,
  change_email: 24 * 60,
  reset_password: 30,
};

/** 43 base-62 characters: 256 bits. */
const TOKEN = /^[0-9A-Za-z]{43}$/;

function digestOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

/** A new link's secret, of which only the digest is stored. The clock is the database's unless `at` is given. */
export async function issueToken(
  tx: Tx,
  input: { userId: string; purpose: TokenPurpose; newEmail?: string },
  at?: Date,
): Promise<string> {
  const token = randomBase62(43);
  const { userId, purpose, newEmail = null } = input;
  await tx.$executeRaw`
    INSERT INTO one_time_tokens (id, user_id, purpose, digest, new_email, created_at, expires_at)
    SELECT ${newId("tok")}, ${userId}, ${purpose}::token_purpose, ${digestOf(token)}, ${newEmail},
           clock.now, clock.now + make_interval(mins => ${LIFETIME_MINUTES[purpose]})
      FROM (SELECT coalesce(${at ?? null}::timestamptz, now()) AS now) clock`;
  return token;
}

export interface RedeemedToken {
  userId: string;
  purpose: TokenPurpose;
  newEmail: string | null;
}

/**
 * Uses a token up: in one statement, so that of any number of parallel tries exactly one gets it, and in the
 * caller's transaction, so that a failure gives it back. Null when unknown, used, expired or for something else.
 */
export async function redeemToken(
  tx: Tx,
  token: string,
  purposes: TokenPurpose[],
  at?: Date,
): Promise<RedeemedToken | null> {
  if (!TOKEN.test(token)) return null;
  const rows = await tx.$queryRaw<RedeemedToken[]>`
    UPDATE one_time_tokens t SET used_at = clock.now
      FROM (SELECT coalesce(${at ?? null}::timestamptz, now()) AS now) clock, users u
     WHERE t.digest = ${digestOf(token)} AND t.purpose = ANY (${purposes}::token_purpose[])
       AND t.used_at IS NULL AND t.expires_at > clock.now AND u.id = t.user_id AND u.disabled_at IS NULL
    RETURNING t.user_id AS "userId", t.purpose::text AS purpose, t.new_email AS "newEmail"`;
  return rows[0] ?? null;
}

/** The address of the person whose link this is, or null if it would not work. Uses nothing up. */
export async function peekToken(token: string, purpose: TokenPurpose): Promise<string | null> {
  if (!TOKEN.test(token)) return null;
  const rows = await db().$queryRaw<{ email: string }[]>`
    SELECT u.email FROM one_time_tokens t JOIN users u ON u.id = t.user_id AND u.disabled_at IS NULL
     WHERE t.digest = ${digestOf(token)} AND t.purpose = ${purpose}::token_purpose
       AND t.used_at IS NULL AND t.expires_at > now()`;
  return rows[0]?.email ?? null;
}

/** Every other link of these kinds stops working, because what it was sent for is done. */
export async function voidTokens(tx: Tx, userId: string, purposes: TokenPurpose[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE one_time_tokens SET used_at = now()
     WHERE user_id = ${userId} AND purpose = ANY (${purposes}::token_purpose[]) AND used_at IS NULL`;
}
