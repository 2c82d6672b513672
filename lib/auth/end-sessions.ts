import type { Tx } from "@/lib/db";

/** Ends every session of a person, but the one to keep. Answers how many were still open. */
export async function endSessions(tx: Tx, userId: string, keepSessionId?: string): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, revokedAt: null, ...(keepSessionId ? { id: { not: keepSessionId } } : {}) },
    data: { revokedAt: new Date() },
  });
  return count;
}
