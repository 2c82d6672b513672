import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Tx } from "@/lib/db";
import { newId } from "@/lib/ids";
import { admitKey } from "@/lib/keys/admit-key";
import { checkLimits, NO_LIMITS } from "@/lib/keys/check-limits";
import { inTransaction } from "@/lib/keys/in-transaction";
import { insertSecret } from "@/lib/keys/insert-secret";
import { MAX_KEYS, NewKey, type NewKeyInput } from "@/lib/keys/key-input";
import { announceKey } from "@/lib/keys/lock-key";
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
export async function createKey(ctx: Ctx, input: NewKeyInput, within?: Tx): Promise<CreatedKey> {
  requireManager(ctx);
  const { name, ...wanted } = NewKey.parse(input);
  const limits = mergeLimits(NO_LIMITS, wanted);
  return inTransaction(within, async (tx) => {
    const at = await admitKey(tx, ctx, { kind: "inference", max: MAX_KEYS, refusal: "tooManyKeys" });
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
