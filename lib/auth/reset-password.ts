import { z } from "zod";
import { changePasswordTo } from "@/lib/accounts/change-password-to";
import type { Ctx } from "@/lib/actor";
import { emailSubject } from "@/lib/auth/admit-attempt";
import { admitCaller } from "@/lib/auth/admit-caller";
import { endSessions } from "@/lib/auth/end-sessions";
import { forgetAttempts } from "@/lib/auth/forget-attempts";
import { checkNewPassword, NewPasswordSchema } from "@/lib/auth/new-password";
import { peekToken, redeemToken } from "@/lib/auth/one-time-token";
import { hashPassword } from "@/lib/auth/password-hash";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

export const ResetPasswordSchema = z.object({
  token: z.string().max(200),
  password: NewPasswordSchema,
});

/**
 * Sets a new password by a link from a mail, ends every session and lets the owner in again at once, however
 * often somebody else had guessed. Throws `gone` for a dead link, `invalid_input` for a bad password, which
 * leaves the link alive.
 */
export async function resetPassword(ctx: Ctx, input: z.output<typeof ResetPasswordSchema>): Promise<void> {
  await admitCaller(ctx, "reset");
  const email = await peekToken(input.token, "reset_password");
  if (!email) throw new AppError("gone", "linkDead");
  checkNewPassword(input.password, email);
  const passwordHash = await hashPassword(input.password);
  await db().$transaction(async (tx) => {
    const redeemed = await redeemToken(tx, input.token, ["reset_password"]);
    if (!redeemed) throw new AppError("gone", "linkDead");
    const { userId } = redeemed;
    await changePasswordTo(tx, ctx, { userId, passwordHash, action: "user.reset_password" });
    // The link reached the mailbox, which is what verifying asks for.
    await tx.user.updateMany({
      where: { id: userId, emailVerifiedAt: null },
      data: { emailVerifiedAt: new Date() },
    });
    await endSessions(tx, userId);
    await forgetAttempts(tx, emailSubject("signin", email));
  });
}
