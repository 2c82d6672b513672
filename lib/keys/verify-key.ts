import type pg from "pg";
import { KeyCache, type KeyCacheOptions } from "@/lib/keys/key-cache";
import { type KeyRecord, readKeyRecord } from "@/lib/keys/key-record";
import { candidateDigests, digestKey, type Pepper, parseKey } from "@/lib/keys/token";

/** Why a credential does not work; each is an error code of the gateway. */
export type KeyRefusal = "invalid_api_key" | "api_key_expired" | "api_key_disabled" | "wrong_key_type";

export type KeyVerdict = { ok: true; key: KeyRecord } | { ok: false; refusal: KeyRefusal };

const refuse = (refusal: KeyRefusal): KeyVerdict => ({ ok: false, refusal });

/** Whether a key may be used at a moment: revoked before expired before paused. */
export function judgeKey(key: KeyRecord | null, nowMs: number): KeyVerdict {
  if (!key || key.revokedAtMs !== null) return refuse("invalid_api_key");
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) return refuse("api_key_expired");
  if (key.secretEndsAtMs !== null && key.secretEndsAtMs <= nowMs) return refuse("api_key_expired");
  if (key.pausedAtMs !== null) return refuse("api_key_disabled");
  if (key.kind !== "inference") return refuse("wrong_key_type");
  return { ok: true, key };
}

/**
 * Checks API keys for calls to models. A malformed key and a management key are refused without a query; a known
 * one is answered from memory, at once; a change of the key (`drop`) or five seconds end that.
 */
export class KeyVerifier {
  readonly cache: KeyCache;

  constructor(
    private readonly pool: pg.Pool,
    private readonly peppers: readonly Pepper[],
    options: Partial<KeyCacheOptions> = {},
  ) {
    this.cache = new KeyCache(options);
  }

  /** Rejects only when the key is not known yet and the database cannot be asked. */
  verify(secret: string): KeyVerdict | Promise<KeyVerdict> {
    const kind = parseKey(secret);
    if (kind === null) return refuse("invalid_api_key");
    if (kind === "management") return refuse("wrong_key_type");
    const digest = digestKey(secret, this.peppers).digest.toString("base64url");
    const known = this.cache.peek(digest);
    return known === undefined ? this.lookUp(digest, secret) : judgeKey(known, Date.now());
  }

  private async lookUp(digest: string, secret: string): Promise<KeyVerdict> {
    const look = () => readKeyRecord(this.pool, candidateDigests(secret, this.peppers));
    return judgeKey(await this.cache.read(digest, look), Date.now());
  }
}
