import type { Ctx, UserActor } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { endSessions } from "@/lib/auth/end-sessions";
import { db } from "@/lib/db";

/** Ends every session of the person but this one, at once. Answers how many. */
export async function endOtherSessions(ctx: Ctx<UserActor>): Promise<{ ended: number }> {
  const { userId, sessionId } = ctx.actor;
  return db().$transaction(async (tx) => {
    const ended = await endSessions(tx, userId, sessionId);
    await writeAudit(tx, ctx, { action: "session.end_others", target: userId, after: { ended } });
    return { ended };
  });
}
