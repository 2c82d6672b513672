import type { Ctx } from "@/lib/actor";
import { admitAttempt, emailSubject, MAIL_PACE } from "@/lib/auth/admit-attempt";
import { admitCaller } from "@/lib/auth/admit-caller";
import { atLeast } from "@/lib/auth/at-least";
import { issueToken } from "@/lib/auth/one-time-token";
import { tooMany } from "@/lib/auth/too-many";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { sendMail } from "@/lib/mail/send";

const ANSWER_AFTER_MS = 150;

/**
 * Sends the link of a sign-up once more. A signed-in person is told when to wait (`too_many`) or that nothing is
 * left to do (`conflict`); a visitor gets the same answer for every address.
 */
export async function sendVerification(ctx: Ctx, input: { email: string }): Promise<void> {
  const own = ctx.actor.kind === "user" && ctx.actor.email === input.email;
  if (!own) await admitCaller(ctx, "verify");
  await atLeast(own ? 0 : ANSWER_AFTER_MS, async () => {
    const user = await db().user.findUnique({ where: { email: input.email } });
    if (own && user?.emailVerifiedAt) throw new AppError("conflict", "alreadyVerified");
    const wait = await admitAttempt(emailSubject("verify", input.email), MAIL_PACE);
    if (own && wait > 0) throw tooMany(wait);
    if (wait > 0 || !user || user.emailVerifiedAt || user.disabledAt) return;
    await db().$transaction(async (tx) => {
      const token = await issueToken(tx, { userId: user.id, purpose: "verify_email" });
      await sendMail(tx, { to: user.email, template: "verify_email", path: `/verify?token=${token}` });
    });
  });
}
