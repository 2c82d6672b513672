import type { Tx } from "@/lib/db";
import { announceKey } from "@/lib/keys/lock-key";

/** Ends the Playground's secrets of browser sessions that have ended, and tells every gateway. */
export async function endHiddenSecrets(tx: Tx, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  const ended = await tx.$queryRaw<{ keyId: string }[]>`
    UPDATE key_secrets SET ends_at = date_trunc('milliseconds', clock_timestamp())
     WHERE session_id = ANY (${[...sessionIds]}) AND ends_at > clock_timestamp()
    RETURNING key_id AS "keyId"`;
  for (const keyId of new Set(ended.map((secret) => secret.keyId))) await announceKey(tx, keyId);
}
