import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";
import { announceKey, lockKey } from "@/lib/keys/lock-key";
import { requirePerson } from "@/lib/keys/require-manager";

/** Ends a key and all its secrets for ever; its history stays. Revoking twice changes nothing. Throws not_found. */
export async function revokeKey(ctx: Ctx, input: { keyId: string }): Promise<{ revokedAt: Date }> {
  requirePerson(ctx);
  return db().$transaction(async (tx) => {
    const { key, at } = await lockKey(tx, ctx, input.keyId);
    if (key.revokedAt) return { revokedAt: key.revokedAt };
    await tx.key.update({ where: { id: key.id }, data: { revokedAt: at, updatedAt: at } });
    await tx.keySecret.updateMany({
      where: { keyId: key.id, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
      data: { endsAt: at },
    });
    await writeAudit(tx, ctx, {
      action: "key.revoke",
      target: key.id,
      after: { name: key.name, revokedAt: at },
    });
    await announceKey(tx, key.id);
    return { revokedAt: at };
  });
}
