import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { voidTokens } from "@/lib/auth/one-time-token";
import type { Tx } from "@/lib/db";
import { sendMail } from "@/lib/mail/send";

/**
 * Stores the new password, in the caller's transaction: links that were on their way for the old one die, the
 * trail says so, and the person gets a mail.
 */
export async function changePasswordTo(
  tx: Tx,
  ctx: Ctx,
  input: { userId: string; passwordHash: string; action: "user.reset_password" | "user.change_password" },
): Promise<void> {
  const { userId, passwordHash, action } = input;
  const { email } = await tx.user.update({
    where: { id: userId },
    data: { passwordHash },
    select: { email: true },
  });
  await voidTokens(tx, userId, ["reset_password", "change_email"]);
  await writeAudit(tx, ctx, { action, target: userId });
  const when = `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC`;
  await sendMail(tx, { to: email, template: "password_changed", path: "/reset", values: { when } });
}
