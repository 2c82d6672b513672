import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { ACCOUNT_PACE, admitAttempt, emailSubject } from "@/lib/auth/admit-attempt";
import { admitCaller } from "@/lib/auth/admit-caller";
import { EmailSchema } from "@/lib/auth/email-address";
import { countFailure } from "@/lib/auth/failure-alarm";
import { forgetAttempts } from "@/lib/auth/forget-attempts";
import { checkPassword } from "@/lib/auth/password-hash";
import { startSession } from "@/lib/auth/start-session";
import { tooMany } from "@/lib/auth/too-many";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";

export const SignInSchema = z.object({
  email: EmailSchema,
  password: z.string().min(1, "required").max(1_024, "tooLong"),
});

/**
 * Checks the password and starts a session. An unknown address, a wrong password and a disabled account are
 * refused alike, in the same time: `wrong_credentials`. Throws `too_many` while the account or the caller waits.
 */
export async function signIn(
  ctx: Ctx,
  input: z.output<typeof SignInSchema> & { userAgent?: string | null | undefined },
): Promise<{ sessionId: string; userId: string }> {
  await admitCaller(ctx, "signin");
  const subject = emailSubject("signin", input.email);
  const wait = await admitAttempt(subject, ACCOUNT_PACE);
  if (wait > 0) throw tooMany(wait);

  const user = await db().user.findUnique({ where: { email: input.email } });
  const hash = user && !user.disabledAt ? user.passwordHash : null;
  if (!(await checkPassword(hash, input.password)) || !user) {
    countFailure();
    log.info({ requestId: ctx.requestId, ip: ctx.ip, subject }, "sign-in refused");
    throw new AppError("wrong_credentials", "wrongCredentials");
  }
  const { id: userId, email, isOperator: operator } = user;
  const sessionId = await db().$transaction(async (tx) => {
    await forgetAttempts(tx, subject);
    const actor = {
      kind: "user",
      userId,
      email,
      operator,
      verified: user.emailVerifiedAt !== null,
      sessionId: "",
    } as const;
    return startSession(tx, { ...ctx, actor }, { userId, userAgent: input.userAgent, how: "password" });
  });
  return { sessionId, userId };
}
