import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";
import { endKey } from "@/lib/keys/end-key";
import { lockKey } from "@/lib/keys/lock-key";
import { requireOwner } from "@/lib/keys/require-manager";

/** Ends a management key for ever, at once. Revoking twice changes nothing. Throws not_found and forbidden. */
export async function revokeManagementKey(ctx: Ctx, input: { keyId: string }): Promise<{ revokedAt: Date }> {
  requireOwner(ctx);
  return db().$transaction(async (tx) => {
    const { key, at } = await lockKey(tx, ctx, input.keyId, "management");
    if (key.revokedAt) return { revokedAt: key.revokedAt };
    await endKey(tx, key.id, at);
    const after = { name: key.name, revokedAt: at };
    await writeAudit(tx, ctx, { action: "management_key.revoke", target: key.id, after });
    return { revokedAt: at };
  });
}
