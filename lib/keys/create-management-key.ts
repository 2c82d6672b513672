import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { admitKey } from "@/lib/keys/admit-key";
import { checkLimits, NO_LIMITS } from "@/lib/keys/check-limits";
import type { CreatedKey } from "@/lib/keys/create-key";
import { insertSecret } from "@/lib/keys/insert-secret";
import {
  MAX_MANAGEMENT_KEYS,
  NewManagementKey,
  type NewManagementKeyInput,
} from "@/lib/keys/management-key-input";
import { mergeLimits } from "@/lib/keys/merge-limits";
import { requireManager, requireOwner } from "@/lib/keys/require-manager";

/**
 * Makes a key for the management API, `mk-tg-...`: it manages this workspace's API keys and makes no calls. Throws
 * ZodError or invalid_input by field, not_verified, forbidden for a management key, and conflict when the workspace
 * has ten.
 */
export async function createManagementKey(ctx: Ctx, input: NewManagementKeyInput): Promise<CreatedKey> {
  requireOwner(ctx);
  requireManager(ctx);
  const { name, ...wanted } = NewManagementKey.parse(input);
  const limits = mergeLimits(NO_LIMITS, wanted);
  return db().$transaction(async (tx) => {
    const at = await admitKey(tx, ctx, {
      kind: "management",
      max: MAX_MANAGEMENT_KEYS,
      refusal: "tooManyManagementKeys",
    });
    await checkLimits(tx, NO_LIMITS, limits, at);
    const id = newId("key");
    const { ipRanges, expiresAt } = limits;
    const createdById = ctx.actor.kind === "user" ? ctx.actor.userId : null;
    const { workspaceId } = ctx;
    await tx.key.create({
      data: {
        id,
        workspaceId,
        kind: "management",
        name,
        ipRanges,
        expiresAt,
        createdById,
        createdAt: at,
        updatedAt: at,
      },
    });
    const { secret, prefix, lastFour } = await insertSecret(tx, { id, kind: "management" }, at);
    await writeAudit(tx, ctx, {
      action: "management_key.create",
      target: id,
      after: { name, lastFour, ...wanted },
    });
    return { key: { id, name, prefix, lastFour, createdAt: at }, secret };
  });
}
