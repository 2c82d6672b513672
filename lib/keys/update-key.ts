import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { checkLimits } from "@/lib/keys/check-limits";
import { inTransaction } from "@/lib/keys/in-transaction";
import { KeyChanges, type KeyChangesInput } from "@/lib/keys/key-input";
import { announceKey, lockKey } from "@/lib/keys/lock-key";
import { changedLimits, limitsOf, mergeLimits } from "@/lib/keys/merge-limits";
import { requireManager } from "@/lib/keys/require-manager";
import { restartPeriod } from "@/lib/keys/restart-period";

/**
 * Changes a key's name and limits: all of it or nothing. Throws ZodError or invalid_input by field, not_found,
 * and conflict for a revoked key or when someone else changed it since `updatedAt`.
 */
export async function updateKey(
  ctx: Ctx,
  input: KeyChangesInput & { keyId: string },
  within?: Tx,
): Promise<{ updatedAt: Date }> {
  requireManager(ctx);
  const { name, updatedAt, ...wanted } = KeyChanges.parse(input);
  return inTransaction(within, async (tx) => {
    const { key, at } = await lockKey(tx, ctx, input.keyId);
    if (key.revokedAt) throw new AppError("conflict", "keyRevoked");
    if (updatedAt && updatedAt.getTime() !== key.updatedAt.getTime()) {
      throw new AppError("conflict", "changedMeanwhile");
    }
    const before = limitsOf(key);
    const after = mergeLimits(before, wanted);
    await checkLimits(tx, before, after, at);

    const changes = changedLimits(before, after);
    if (name !== undefined && name !== key.name) {
      Object.assign(changes.before, { name: key.name });
      Object.assign(changes.after, { name });
    }
    if (Object.keys(changes.after).length === 0) return { updatedAt: key.updatedAt };
    await tx.key.update({ where: { id: key.id }, data: { ...after, name: name ?? key.name, updatedAt: at } });
    if (after.period && after.period !== before.period) await restartPeriod(tx, key.id, after.period);
    await writeAudit(tx, ctx, { action: "key.update", target: key.id, ...changes });
    await announceKey(tx, key.id);
    return { updatedAt: at };
  });
}
