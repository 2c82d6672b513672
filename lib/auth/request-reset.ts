import { z } from "zod";
import type { Ctx } from "@/lib/actor";
import { admitAttempt, emailSubject, MAIL_PACE } from "@/lib/auth/admit-attempt";
import { admitCaller } from "@/lib/auth/admit-caller";
import { atLeast } from "@/lib/auth/at-least";
import { EmailSchema } from "@/lib/auth/email-address";
import { issueToken } from "@/lib/auth/one-time-token";
import { db } from "@/lib/db";
import { sendMail } from "@/lib/mail/send";

export const RequestResetSchema = z.object({ email: EmailSchema });

const ANSWER_AFTER_MS = 150;

/** Mails a link for a new password, if the address has an account. The answer and its time are always the same. */
export async function requestReset(ctx: Ctx, input: z.output<typeof RequestResetSchema>): Promise<void> {
  await admitCaller(ctx, "reset");
  await atLeast(ANSWER_AFTER_MS, async () => {
    const wait = await admitAttempt(emailSubject("reset", input.email), MAIL_PACE);
    const user = await db().user.findUnique({ where: { email: input.email } });
    if (wait > 0 || !user || user.disabledAt) return;
    await db().$transaction(async (tx) => {
      const token = await issueToken(tx, { userId: user.id, purpose: "reset_password" });
      await sendMail(tx, { to: user.email, template: "reset_password", path: `/reset?token=${token}` });
    });
  });
}
