import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { inTransaction } from "@/lib/keys/in-transaction";
import { announceKey, lockKey } from "@/lib/keys/lock-key";
import { requirePerson } from "@/lib/keys/require-manager";

/** Refuses every new call with a key until it is resumed; pausing twice changes nothing. Throws not_found, and conflict for a revoked key. */
export async function pauseKey(ctx: Ctx, input: { keyId: string }, within?: Tx): Promise<{ pausedAt: Date }> {
  requirePerson(ctx);
  return inTransaction(within, async (tx) => {
    const { key, at } = await lockKey(tx, ctx, input.keyId);
    if (key.revokedAt) throw new AppError("conflict", "keyRevoked");
    if (key.pausedAt) return { pausedAt: key.pausedAt };
    await tx.key.update({ where: { id: key.id }, data: { pausedAt: at, updatedAt: at } });
    await writeAudit(tx, ctx, { action: "key.pause", target: key.id, after: { pausedAt: at } });
    await announceKey(tx, key.id);
    return { pausedAt: at };
  });
}
