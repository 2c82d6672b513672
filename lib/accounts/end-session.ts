import { z } from "zod";
import type { Ctx, UserActor } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { endHiddenSecrets } from "@/lib/keys/end-hidden-secrets";

export const EndSessionSchema = z.object({ sessionId: z.string().min(1).max(64) });

const SESSION_ID = /^ses_[0-9A-Za-z]{22}$/;

/** Ends one of the person's own sessions, at once. Throws `not_found` for any other id. */
export async function endSession(
  ctx: Ctx<UserActor>,
  input: z.output<typeof EndSessionSchema>,
): Promise<void> {
  const { userId } = ctx.actor;
  if (!SESSION_ID.test(input.sessionId)) throw notFound("session");
  await db().$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: input.sessionId, userId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw notFound("session");
    await endHiddenSecrets(tx, [input.sessionId]);
    await writeAudit(tx, ctx, { action: "session.end", target: userId, after: { session: input.sessionId } });
  });
}
