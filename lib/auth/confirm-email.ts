import { z } from "zod";
import { actorName, type Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { redeemToken, voidTokens } from "@/lib/auth/one-time-token";
import { startSession } from "@/lib/auth/start-session";
import { grantTrial } from "@/lib/billing/grant-trial";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { sendMail } from "@/lib/mail/send";

export const ConfirmEmailSchema = z.object({ token: z.string().max(200) });

export interface ConfirmedEmail {
  userId: string;
  /** Whether the link changed the address of an account, rather than confirmed that of a sign-up. */
  changed: boolean;
  /** A session, if this browser is the one that signed up with the password. */
  sessionId: string | null;
}

/**
 * Redeems the link of a sign-up or of a change of address. Throws `gone` when it was used, has expired or never
 * was, `conflict` when the new address has got an account of its own meanwhile.
 */
export async function confirmEmail(
  ctx: Ctx,
  input: { token: string; signedUpAs?: string | null | undefined; userAgent?: string | null | undefined },
): Promise<ConfirmedEmail> {
  return db().$transaction(async (tx) => {
    const redeemed = await redeemToken(tx, input.token, ["verify_email", "change_email"]);
    if (!redeemed) throw new AppError("gone", "linkDead");
    const { userId, newEmail } = redeemed;
    if (newEmail) {
      await moveTo(tx, ctx, userId, newEmail);
      return { userId, changed: true, sessionId: null };
    }
    const { count } = await tx.user.updateMany({
      where: { id: userId, emailVerifiedAt: null },
      data: { emailVerifiedAt: new Date() },
    });
    if (count > 0) await welcome(tx, ctx, userId);
    await voidTokens(tx, userId, ["verify_email"]);
    await writeAudit(tx, ctx, { action: "user.verify", target: userId });
    if (input.signedUpAs !== userId) return { userId, changed: false, sessionId: null };
    const sessionId = await startSession(tx, ctx, { userId, userAgent: input.userAgent, how: "verified" });
    return { userId, changed: false, sessionId };
  });
}

/** A first verified address may bring trial credit to its owner's own workspace. */
async function welcome(tx: Tx, ctx: Ctx, userId: string): Promise<void> {
  const member = await tx.member.findFirst({
    where: { userId, role: "owner" },
    orderBy: { createdAt: "asc" },
    select: { workspaceId: true, user: { select: { email: true } } },
  });
  if (!member) return;
  const { workspaceId, user } = member;
  await grantTrial(tx, { workspaceId, email: user.email, actor: actorName(ctx.actor) });
}

/** Links that went to the old address stop working with it. */
async function moveTo(tx: Tx, ctx: Ctx, userId: string, newEmail: string): Promise<void> {
  if (await tx.user.findUnique({ where: { email: newEmail }, select: { id: true } })) {
    throw new AppError("conflict", "emailTaken");
  }
  const { email: before } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true },
  });
  await tx.user.update({ where: { id: userId }, data: { email: newEmail, emailVerifiedAt: new Date() } });
  await voidTokens(tx, userId, ["verify_email", "change_email", "reset_password"]);
  await writeAudit(tx, ctx, {
    action: "user.change_email",
    target: userId,
    before: { email: before },
    after: { email: newEmail },
  });
  await sendMail(tx, { to: before, template: "email_changed", values: { newEmail } });
}
