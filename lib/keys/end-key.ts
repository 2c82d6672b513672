import type { Tx } from "@/lib/db";
import { announceKey } from "@/lib/keys/lock-key";

/** Ends a locked key and all its secrets for ever, and tells every gateway. The caller writes who did it and why. */
export async function endKey(tx: Tx, keyId: string, at: Date): Promise<void> {
  await tx.key.update({ where: { id: keyId }, data: { revokedAt: at, updatedAt: at } });
  await tx.keySecret.updateMany({
    where: { keyId, OR: [{ endsAt: null }, { endsAt: { gt: at } }] },
    data: { endsAt: at },
  });
  await announceKey(tx, keyId);
}
