import type { Ctx } from "@/lib/actor";
import { ApiError } from "@/lib/api/api-error";
import { admitAttempt, type Pace } from "@/lib/auth/admit-attempt";
import { pool } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { inRanges } from "@/lib/gateway/client-address";
import { clientIp } from "@/lib/http/client-ip";
import { readKeyRecord } from "@/lib/keys/key-record";
import { candidateDigests, parseKey, parsePeppers } from "@/lib/keys/token";

/** Per management key: 600 calls a minute. */
const PACE: Pace = { free: 600, firstSeconds: 60, longestSeconds: 60, windowSeconds: 60 };

export interface Caller {
  ctx: Ctx;
  keyId: string;
  /** The management key itself, for sealing what a repeat may open. Never stored, never logged. */
  secret: string;
}

/**
 * Who calls: the workspace of a management key, sent as `Authorization: Bearer mk-tg-...`. Read from the database
 * each time, so that a revoked one is dead at once. Throws ApiError and too_many; text that is no key costs no query.
 */
export async function authenticate(headers: Headers, requestId: string): Promise<Caller> {
  const secret = /^bearer\s+(\S+)$/i.exec(headers.get("authorization")?.trim() ?? "")?.[1];
  if (!secret) throw refuse("invalid_api_key", "managementKeyMissing");
  const kind = parseKey(secret);
  if (kind === "inference") throw refuse("wrong_key_type", "managementKeyWrongType");
  if (kind === null) throw refuse("invalid_api_key", "managementKeyInvalid");
  const digests = candidateDigests(secret, parsePeppers(env().TOLLGATE_KEY_PEPPER));
  const key = await readKeyRecord(pool(), digests);
  const now = Date.now();
  if (key?.kind !== "management" || key.revokedAtMs !== null) {
    throw refuse("invalid_api_key", "managementKeyInvalid");
  }
  const ends = [key.expiresAtMs, key.secretEndsAtMs].filter((at) => at !== null);
  if (ends.some((at) => at <= now)) throw refuse("api_key_expired", "managementKeyExpired");
  const ip = clientIp(headers);
  if (key.ipRanges.length > 0 && !inRanges(ip ?? null, key.ipRanges)) {
    throw new ApiError("ip_not_allowed", "managementKeyAddress", { address: ip ?? "-" });
  }
  const seconds = await admitAttempt(`api:key:${key.keyId}`, PACE);
  if (seconds > 0) throw new AppError("too_many", "tooManySeconds", { values: { seconds } });
  await touch(key.keyId);
  const { keyId, workspaceId } = key;
  return { ctx: { actor: { kind: "management", keyId }, workspaceId, requestId, ip }, keyId, secret };
}

/** Its last use, at most once a minute. */
async function touch(keyId: string): Promise<void> {
  await pool().query(
    `UPDATE keys SET last_used_at = now()
      WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '60 seconds')`,
    [keyId],
  );
}

function refuse(code: "invalid_api_key" | "wrong_key_type" | "api_key_expired", message: string): ApiError {
  return new ApiError(code, message, {}, { "www-authenticate": "Bearer" });
}
