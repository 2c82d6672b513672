import type { Call } from "@/lib/gateway/call";
import { clientAddress, inRanges } from "@/lib/gateway/client-address";
import { findCredential } from "@/lib/gateway/credentials";
import { GatewayError } from "@/lib/gateway/gateway-error";
import type { KeyRecord } from "@/lib/keys/key-record";
import type { KeyVerdict } from "@/lib/keys/verify-key";

/**
 * Who calls: sets `call.key`. From memory for a key that is known, without a query for text that is no key.
 * Throws GatewayError, `service_unavailable` where an unknown key cannot be looked up.
 */
export async function authenticate(call: Call): Promise<KeyRecord> {
  const secret = findCredential(call.req);
  if (secret === null) {
    throw new GatewayError("invalid_api_key", {
      message: "No API key was sent. Send it as Authorization: Bearer sk-tg-...",
    });
  }
  const verdict = await verify(call, secret);
  if (!verdict.ok) throw new GatewayError(verdict.refusal);
  const { key } = verdict;
  if (key.ipRanges.length > 0) {
    const address = clientAddress(call.req, call.services.proxyHops);
    if (!inRanges(address, key.ipRanges)) {
      throw new GatewayError("ip_not_allowed", {
        message: `This API key may not be used from ${address ?? "this network address"}.`,
      });
    }
  }
  call.key = key;
  call.services.lastUsed.touch(key.keyId, call.client, call.arrivedAt);
  return key;
}

/** Why a key that was just found no longer works, read anew: it was revoked, paused or ended in between. */
export async function explainGoneKey(call: Call): Promise<GatewayError> {
  if (call.key) call.services.keys.cache.drop(call.key.keyId);
  const verdict = await verify(call, findCredential(call.req) ?? "");
  return new GatewayError(verdict.ok ? "invalid_api_key" : verdict.refusal);
}

async function verify(call: Call, secret: string): Promise<KeyVerdict> {
  try {
    const verdict = call.services.keys.verify(secret);
    return verdict instanceof Promise ? await verdict : verdict;
  } catch (cause) {
    throw new GatewayError("service_unavailable", { retryAfterMs: 2_000, cause });
  }
}
