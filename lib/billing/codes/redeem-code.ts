import { z } from "zod";
import { actorName, type Ctx, requireVerified, type UserActor } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { admitAttempt, type Pace } from "@/lib/auth/admit-attempt";
import { tooMany } from "@/lib/auth/too-many";
import { Code } from "@/lib/billing/codes/code-input";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { grantCredits } from "@/lib/ledger/grant-credits";
import type { PromoCode } from "@/prisma/generated/client";

export const RedeemCode = z.strictObject({ code: Code });

/** Nobody finds a code by trying: ten free, then ever longer pauses. */
const CODE_PACE: Pace = { free: 10, firstSeconds: 10, longestSeconds: 900, windowSeconds: 86_400 };
const DAY_MS = 86_400_000;

export interface Redeemed {
  amountNano: bigint;
  /** When that credit expires; null: never. */
  expiresAt: Date | null;
}

/**
 * Adds the credit of a code, once per workspace, however often and at once it is tried. Throws AppError:
 * not_verified, not_found (no such code, or withdrawn), gone (ended or used up), conflict (used here before),
 * too_many.
 */
export async function redeemCode(ctx: Ctx<UserActor>, input: z.input<typeof RedeemCode>): Promise<Redeemed> {
  requireVerified(ctx);
  const { code } = RedeemCode.parse(input);
  const wait = await admitAttempt(`code:${ctx.workspaceId}`, CODE_PACE);
  if (wait > 0) throw tooMany(wait);
  return db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT 1 FROM promo_codes WHERE code = ${code} FOR UPDATE`;
    const found = await tx.promoCode.findUnique({ where: { code } });
    if (!found || found.withdrawnAt) throw new AppError("not_found", "codeUnknown", { field: "code" });
    const where = { codeId_workspaceId: { codeId: found.id, workspaceId: ctx.workspaceId } };
    if (await tx.codeRedemption.findUnique({ where })) {
      throw new AppError("conflict", "codeUsed", { field: "code" });
    }
    refuseEnded(found);
    const expiresAt = found.creditLastsDays ? new Date(Date.now() + found.creditLastsDays * DAY_MS) : null;
    await tx.codeRedemption.create({
      data: { codeId: found.id, workspaceId: ctx.workspaceId, userId: ctx.actor.userId },
    });
    await tx.promoCode.update({ where: { id: found.id }, data: { uses: { increment: 1 } } });
    await grantCredits(tx, {
      workspaceId: ctx.workspaceId,
      amountNano: found.amountNano,
      promotional: true,
      source: "code",
      key: `code:${found.id}:${ctx.workspaceId}`,
      actor: actorName(ctx.actor),
      reason: found.note || undefined,
      from: "promotions",
      ...(expiresAt ? { expiresAt } : {}),
    });
    await writeAudit(tx, ctx, { action: "code.redeem", target: found.id });
    return { amountNano: found.amountNano, expiresAt };
  });
}

function refuseEnded(code: PromoCode): void {
  if (code.endsAt && code.endsAt.getTime() <= Date.now()) {
    throw new AppError("gone", "codeEnded", { field: "code" });
  }
  if (code.maxUses !== null && code.uses >= code.maxUses) {
    throw new AppError("gone", "codeUsedUp", { field: "code" });
  }
}
