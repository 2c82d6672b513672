import { z } from "zod";
import { changePasswordTo } from "@/lib/accounts/change-password-to";
import { checkOwnPassword } from "@/lib/accounts/check-own-password";
import type { Ctx, UserActor } from "@/lib/actor";
import { endSessions } from "@/lib/auth/end-sessions";
import { checkNewPassword, NewPasswordSchema } from "@/lib/auth/new-password";
import { hashPassword } from "@/lib/auth/password-hash";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

export const ChangePasswordSchema = z.object({
  currentPassword: z.string().min(1, "required").max(1_024, "tooLong"),
  password: NewPasswordSchema,
});

/** A new password for the signed-in person. This session stays, every other one ends; answers how many. */
export async function changePassword(
  ctx: Ctx<UserActor>,
  input: z.output<typeof ChangePasswordSchema>,
): Promise<{ ended: number }> {
  const { userId, email, sessionId } = ctx.actor;
  checkNewPassword(input.password, email);
  await checkOwnPassword(ctx.actor, input.currentPassword, "currentPassword");
  if (input.password === input.currentPassword) {
    throw new AppError("invalid_input", "passwordUnchanged", { field: "password" });
  }
  const passwordHash = await hashPassword(input.password);
  return db().$transaction(async (tx) => {
    await changePasswordTo(tx, ctx, { userId, passwordHash, action: "user.change_password" });
    return { ended: await endSessions(tx, userId, sessionId) };
  });
}
