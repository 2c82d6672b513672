import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { inTransaction } from "@/lib/keys/in-transaction";
import { announceKey, lockKey } from "@/lib/keys/lock-key";
import { requireManager } from "@/lib/keys/require-manager";

/** Lets a paused key work again; a key that is not paused stays as it is. Throws not_found, not_verified, and conflict for a revoked key. */
export async function resumeKey(ctx: Ctx, input: { keyId: string }, within?: Tx): Promise<void> {
  requireManager(ctx);
  await inTransaction(within, async (tx) => {
    const { key, at } = await lockKey(tx, ctx, input.keyId);
    if (key.revokedAt) throw new AppError("conflict", "keyRevoked");
    if (!key.pausedAt) return;
    await tx.key.update({ where: { id: key.id }, data: { pausedAt: null, updatedAt: at } });
    await writeAudit(tx, ctx, { action: "key.resume", target: key.id, before: { pausedAt: key.pausedAt } });
    await announceKey(tx, key.id);
  });
}
