import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { inTransaction } from "@/lib/keys/in-transaction";
import { announceKey, lockKey } from "@/lib/keys/lock-key";
import { requirePerson } from "@/lib/keys/require-manager";

/**
 * Ends a replaced secret now instead of at the end of its overlap, or every one of the key when none is named. One
 * that has ended already stays as it is. Throws not_found, and conflict for the current secret: that one is
 * replaced or its key revoked.
 */
export async function endOverlap(
  ctx: Ctx,
  input: { keyId: string; secretId?: string | undefined },
  within?: Tx,
): Promise<{ endsAt: Date }> {
  requirePerson(ctx);
  return inTransaction(within, async (tx) => {
    const { key, at } = await lockKey(tx, ctx, input.keyId);
    const secrets = await tx.keySecret.findMany({ where: { keyId: key.id } });
    const named = secrets.find(({ id }) => id === input.secretId);
    if (input.secretId !== undefined) {
      if (!named) throw notFound("secret");
      if (named.endsAt === null) throw new AppError("conflict", "secretIsCurrent");
      if (named.endsAt <= at) return { endsAt: named.endsAt };
    }
    const living = (named ? [named] : secrets).filter(({ endsAt }) => endsAt !== null && endsAt > at);
    if (living.length === 0) return { endsAt: at };

    await tx.keySecret.updateMany({
      where: { id: { in: living.map(({ id }) => id) } },
      data: { endsAt: at },
    });
    await tx.key.update({ where: { id: key.id }, data: { updatedAt: at } });
    for (const { id, lastFour, endsAt } of living) {
      await writeAudit(tx, ctx, {
        action: "key.end_overlap",
        target: key.id,
        before: { secret: { id, lastFour }, endsAt },
        after: { endsAt: at },
      });
    }
    await announceKey(tx, key.id);
    return { endsAt: at };
  });
}
