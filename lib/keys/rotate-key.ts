import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { inTransaction } from "@/lib/keys/in-transaction";
import { insertSecret } from "@/lib/keys/insert-secret";
import { announceKey, lockKey } from "@/lib/keys/lock-key";
import { endsAfterRotation, MAX_OVERLAP_SECONDS } from "@/lib/keys/overlap";
import { requireManager } from "@/lib/keys/require-manager";

/** `leaked` says why, for the trail, and lets the old secret work not a second longer. */
export const Rotation = z
  .object({
    overlapSeconds: z.number().int().min(0).max(MAX_OVERLAP_SECONDS).optional(),
    leaked: z.boolean().default(false),
  })
  .refine(({ overlapSeconds, leaked }) => !leaked || !overlapSeconds, {
    path: ["overlapSeconds"],
    message: "leakedOverlap",
  })
  .refine(({ overlapSeconds, leaked }) => leaked || overlapSeconds !== undefined, {
    path: ["overlapSeconds"],
    message: "required",
  })
  .transform(({ overlapSeconds = 0, leaked }) => ({ overlapSeconds, leaked }));
export type RotationInput = z.input<typeof Rotation>;

/** The new secret, seen this once, and when the one before it stops working. */
export interface RotatedKey {
  key: { id: string; name: string; prefix: string; lastFour: string };
  secret: string;
  oldEndsAt: Date | null;
}

/**
 * Gives a key a new secret under the same name, limits and history. The old one works on for `overlapSeconds`
 * (0: not at all); one that an earlier rotation had left working ends now. Throws ZodError, not_found,
 * not_verified, and conflict for a revoked or expired key.
 */
export async function rotateKey(
  ctx: Ctx,
  input: RotationInput & { keyId: string },
  within?: Tx,
): Promise<RotatedKey> {
  requireManager(ctx);
  const { overlapSeconds, leaked } = Rotation.parse(input);
  return inTransaction(within, async (tx) => {
    const { key, at } = await lockKey(tx, ctx, input.keyId);
    if (key.revokedAt) throw new AppError("conflict", "keyRevoked");
    if (key.expiresAt && key.expiresAt <= at) throw new AppError("conflict", "keyExpired");

    const secrets = await tx.keySecret.findMany({ where: { keyId: key.id } });
    const ends = endsAfterRotation(secrets, at, overlapSeconds);
    for (const { id, endsAt } of ends) await tx.keySecret.update({ where: { id }, data: { endsAt } });
    const { secret, secretId, prefix, lastFour } = await insertSecret(tx, key, at);
    await tx.key.update({ where: { id: key.id }, data: { updatedAt: at } });

    const oldEndsAt = ends.reduce<Date | null>(
      (latest, { endsAt }) => (latest && latest > endsAt ? latest : endsAt),
      null,
    );
    const replaced = secrets.filter(({ id }) => ends.some((end) => end.id === id));
    await writeAudit(tx, ctx, {
      action: "key.rotate",
      target: key.id,
      before: { secrets: replaced.map(({ id, lastFour }) => ({ id, lastFour })) },
      after: { secret: { id: secretId, lastFour }, overlapSeconds, oldEndsAt, ...(leaked ? { leaked } : {}) },
    });
    await announceKey(tx, key.id);
    return { key: { id: key.id, name: key.name, prefix, lastFour }, secret, oldEndsAt };
  });
}
