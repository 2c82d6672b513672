import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";
import { endKey } from "@/lib/keys/end-key";
import { inTransaction } from "@/lib/keys/in-transaction";
import { lockKey } from "@/lib/keys/lock-key";
import { requirePerson } from "@/lib/keys/require-manager";

/** Ends a key and all its secrets for ever; its history stays. Revoking twice changes nothing. Throws not_found. */
export async function revokeKey(
  ctx: Ctx,
  input: { keyId: string },
  within?: Tx,
): Promise<{ revokedAt: Date }> {
  requirePerson(ctx);
  return inTransaction(within, async (tx) => {
    const { key, at } = await lockKey(tx, ctx, input.keyId);
    if (key.revokedAt) return { revokedAt: key.revokedAt };
    await endKey(tx, key.id, at);
    await writeAudit(tx, ctx, {
      action: "key.revoke",
      target: key.id,
      after: { name: key.name, revokedAt: at },
    });
    return { revokedAt: at };
  });
}
