import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { announceKey, lockKey } from "@/lib/keys/lock-key";
import { requirePerson } from "@/lib/keys/require-manager";

/**
 * Ends a replaced secret now instead of at the end of its overlap. One that has ended already stays as it is.
 * Throws not_found, and conflict for the current secret: that one is replaced or its key revoked.
 */
export async function endOverlap(
  ctx: Ctx,
  input: { keyId: string; secretId: string },
): Promise<{ endsAt: Date }> {
  requirePerson(ctx);
  return db().$transaction(async (tx) => {
    const { key, at } = await lockKey(tx, ctx, input.keyId);
    const secrets = await tx.keySecret.findMany({ where: { keyId: key.id } });
    const secret = secrets.find(({ id }) => id === input.secretId);
    if (!secret) throw notFound("secret");
    if (secret.endsAt === null) throw new AppError("conflict", "secretIsCurrent");
    if (secret.endsAt <= at) return { endsAt: secret.endsAt };

    await tx.keySecret.update({ where: { id: secret.id }, data: { endsAt: at } });
    await tx.key.update({ where: { id: key.id }, data: { updatedAt: at } });
    await writeAudit(tx, ctx, {
      action: "key.end_overlap",
      target: key.id,
      before: { secret: { id: secret.id, lastFour: secret.lastFour }, endsAt: secret.endsAt },
      after: { endsAt: at },
    });
    await announceKey(tx, key.id);
    return { endsAt: at };
  });
}
