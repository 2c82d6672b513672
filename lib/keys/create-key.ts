import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { checkLimits, NO_LIMITS } from "@/lib/keys/check-limits";
import { insertSecret } from "@/lib/keys/insert-secret";
import { MAX_KEYS, NewKey, type NewKeyInput } from "@/lib/keys/key-input";
import { announceKey, databaseTime } from "@/lib/keys/lock-key";
import { mergeLimits } from "@/lib/keys/merge-limits";
import { requireManager } from "@/lib/keys/require-manager";

/** A new key and its only sight of the secret. */
export interface CreatedKey {
  key: { id: string; name: string; prefix: string; lastFour: string; createdAt: Date };
  secret: string;
}

/**
 * Makes a key with its first secret, whose digest alone is stored. Throws ZodError or invalid_input by field,
 * not_verified, and conflict when the workspace has as many keys as it may.
 */
export async function createKey(ctx: Ctx, input: NewKeyInput): Promise<CreatedKey> {
  requireManager(ctx);
  const { name, ...wanted } = NewKey.parse(input);
  const limits = mergeLimits(NO_LIMITS, wanted);
  return db().$transaction(async (tx) => {
    // Whoever creates in the same workspace waits here, so that the count below holds.
    const locked = await tx.$executeRaw`
      SELECT 1 FROM workspaces WHERE id = ${ctx.workspaceId} FOR NO KEY UPDATE`;
    if (locked !== 1) throw notFound("workspace");
    const at = await databaseTime(tx);
    const living = await tx.key.count({ where: { workspaceId: ctx.workspaceId, revokedAt: null } });
    if (living >= MAX_KEYS) throw new AppError("conflict", "tooManyKeys", { values: { max: MAX_KEYS } });
    await checkLimits(tx, NO_LIMITS, limits, at);

    const id = newId("key");
    await tx.key.create({
      data: {
        id,
        workspaceId: ctx.workspaceId,
        name,
        ...limits,
        createdById: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        createdAt: at,
        updatedAt: at,
      },
    });
    await tx.keyMeter.create({ data: { keyId: id } });
    const { secret, prefix, lastFour } = await insertSecret(tx, { id, kind: "inference" }, at);
    await writeAudit(tx, ctx, { action: "key.create", target: id, after: { name, lastFour, ...wanted } });
    await announceKey(tx, id);
    return { key: { id, name, prefix, lastFour, createdAt: at }, secret };
  });
}
