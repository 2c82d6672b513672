import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { SESSION_MAX_AGE_SECONDS } from "@/lib/auth/session-cookie";
import type { Tx } from "@/lib/db";
import { newId } from "@/lib/ids";

const LONGEST_USER_AGENT = 400;

/** A new signed-in browser, in the caller's transaction. Answers the id that goes into its cookie. */
export async function startSession(
  tx: Tx,
  ctx: Ctx,
  input: { userId: string; userAgent?: string | null | undefined; how: "password" | "verified" },
): Promise<string> {
  const id = newId("ses");
  const userAgent = input.userAgent?.slice(0, LONGEST_USER_AGENT) ?? null;
  await tx.$executeRaw`
    INSERT INTO sessions (id, user_id, ip, user_agent, expires_at)
    VALUES (${id}, ${input.userId}, ${ctx.ip ?? null}, ${userAgent},
            now() + make_interval(secs => ${SESSION_MAX_AGE_SECONDS}))`;
  await writeAudit(tx, ctx, {
    action: "session.start",
    target: input.userId,
    after: { session: id, how: input.how },
  });
  return id;
}
