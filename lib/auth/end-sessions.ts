import type { Tx } from "@/lib/db";
import { endHiddenSecrets } from "@/lib/keys/end-hidden-secrets";

/** Ends every session of a person, but the one to keep. Answers how many were still open. */
export async function endSessions(tx: Tx, userId: string, keepSessionId?: string): Promise<number> {
  const where = { userId, revokedAt: null, ...(keepSessionId ? { id: { not: keepSessionId } } : {}) };
  const ended = await tx.session.updateManyAndReturn({
    where,
    data: { revokedAt: new Date() },
    select: { id: true },
  });
  const ids = ended.map(({ id }) => id);
  await endHiddenSecrets(tx, ids);
  return ids.length;
}
