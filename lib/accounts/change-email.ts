import { z } from "zod";
import { checkOwnPassword } from "@/lib/accounts/check-own-password";
import type { Ctx, UserActor } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { admitAttempt, MAIL_PACE } from "@/lib/auth/admit-attempt";
import { EmailSchema } from "@/lib/auth/email-address";
import { issueToken, voidTokens } from "@/lib/auth/one-time-token";
import { tooMany } from "@/lib/auth/too-many";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { sendMail } from "@/lib/mail/send";

export const ChangeEmailSchema = z.object({
  email: EmailSchema,
  password: z.string().min(1, "required").max(1_024, "tooLong"),
});

/**
 * Starts a change of address: a link goes to the new one, a notice to the old. The old one stays until the link
 * is used. An address that has an account already answers the same and gets a mail that says so.
 */
export async function changeEmail(
  ctx: Ctx<UserActor>,
  input: z.output<typeof ChangeEmailSchema>,
): Promise<{ email: string }> {
  const { userId, email: oldEmail } = ctx.actor;
  const newEmail = input.email;
  if (newEmail === oldEmail) throw new AppError("conflict", "emailUnchanged", { field: "email" });
  await checkOwnPassword(ctx.actor, input.password, "password");
  const wait = await admitAttempt(`change-email:user:${userId}`, MAIL_PACE);
  if (wait > 0) throw tooMany(wait);

  await db().$transaction(async (tx) => {
    await voidTokens(tx, userId, ["change_email"]);
    if (await tx.user.findUnique({ where: { email: newEmail }, select: { id: true } })) {
      await sendMail(tx, { to: newEmail, template: "change_email_taken", path: "/sign-in" });
    } else {
      const token = await issueToken(tx, { userId, purpose: "change_email", newEmail });
      await sendMail(tx, { to: newEmail, template: "change_email", path: `/verify?token=${token}` });
    }
    const values = { newEmail };
    await sendMail(tx, { to: oldEmail, template: "change_email_notice", path: "/reset", values });
    await writeAudit(tx, ctx, {
      action: "user.ask_change_email",
      target: userId,
      after: { email: newEmail },
    });
  });
  return { email: newEmail };
}
