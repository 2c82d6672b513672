import { z } from "zod";
import { insertUser } from "@/lib/accounts/insert-user";
import { TimeZoneSchema } from "@/lib/accounts/time-zone";
import type { Ctx } from "@/lib/actor";
import { admitAttempt, emailSubject, MAIL_PACE } from "@/lib/auth/admit-attempt";
import { admitCaller } from "@/lib/auth/admit-caller";
import { atLeast } from "@/lib/auth/at-least";
import { EmailSchema } from "@/lib/auth/email-address";
import { checkNewPassword, NewPasswordSchema } from "@/lib/auth/new-password";
import { issueToken } from "@/lib/auth/one-time-token";
import { hashPassword } from "@/lib/auth/password-hash";
import { db, type Tx } from "@/lib/db";
import { newId } from "@/lib/ids";
import { sendMail } from "@/lib/mail/send";
import { Prisma } from "@/prisma/generated/client";

export const SignUpSchema = z.object({
  email: EmailSchema,
  password: NewPasswordSchema,
  timeZone: TimeZoneSchema.catch("UTC"),
});

/** Hashing takes 25 ms; the rest, with or without an account, far less than what is left of this. */
const ANSWER_AFTER_MS = 250;

/**
 * Makes the account and mails its link. An address that has an account already gets a mail that says so, and the
 * caller the same answer after the same time: an id that means nothing to anyone but the browser's own cookie.
 */
export async function signUp(ctx: Ctx, input: z.output<typeof SignUpSchema>): Promise<{ userId: string }> {
  await admitCaller(ctx, "signup");
  checkNewPassword(input.password, input.email);
  return atLeast(ANSWER_AFTER_MS, async () => {
    const passwordHash = await hashPassword(input.password);
    const mayMail = (await admitAttempt(emailSubject("signup", input.email), MAIL_PACE)) === 0;
    const taken = await db().user.findUnique({ where: { email: input.email }, select: { id: true } });
    try {
      if (!taken) return await db().$transaction((tx) => register(tx, ctx, { ...input, passwordHash }));
    } catch (error) {
      const lostRace = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
      if (!lostRace) throw error;
    }
    if (mayMail) {
      await db().$transaction((tx) =>
        sendMail(tx, { to: input.email, template: "account_exists", path: "/sign-in" }),
      );
    }
    return { userId: newId("usr") };
  });
}

async function register(
  tx: Tx,
  ctx: Ctx,
  input: { email: string; passwordHash: string; timeZone: string },
): Promise<{ userId: string }> {
  const { userId } = await insertUser(tx, ctx, { ...input, verified: false, operator: false });
  const token = await issueToken(tx, { userId, purpose: "verify_email" });
  await sendMail(tx, { to: input.email, template: "verify_email", path: `/verify?token=${token}` });
  return { userId };
}
