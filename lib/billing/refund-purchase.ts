import { z } from "zod";
import { actorName, type Ctx, requireVerified, type UserActor } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { readReversals } from "@/lib/billing/read-reversals";
import { settleReversals } from "@/lib/billing/settle-reversals";
import { stripe } from "@/lib/billing/stripe";
import { db, type Tx } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Purchase } from "@/prisma/generated/client";

export const RefundPurchase = z.strictObject({ purchaseId: z.string().max(64) });

/** Where the operator's choice lives: `settings`, whole days; 0 switches refunds by people themselves off. */
export const REFUND_SETTING = "billing.refund_window_days";
const DEFAULT_WINDOW_DAYS = 14;
const DAY_MS = 86_400_000;

/** Within how many days a pack of which nothing was used can be given back. */
export async function readRefundWindow(): Promise<number> {
  const row = await db().setting.findUnique({ where: { name: REFUND_SETTING } });
  const days = z.number().int().min(0).max(365).safeParse(row?.value);
  return days.success ? days.data : DEFAULT_WINDOW_DAYS;
}

/**
 * Gives a pack back of which nothing was used, within the operator's window: the money goes back the way it came,
 * the credit (bonus included) leaves with it. The wallet is locked from the check to the booking, so that nothing
 * can be spent in between. Throws AppError: not_found, conflict (used, or refunded before), gone (too late),
 * payment_failed (Stripe refused).
 */
export async function refundPurchase(
  ctx: Ctx<UserActor>,
  input: z.input<typeof RefundPurchase>,
): Promise<void> {
  requireVerified(ctx);
  const { purchaseId } = RefundPurchase.parse(input);
  const windowDays = await readRefundWindow();
  await db().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM wallets WHERE workspace_id = ${ctx.workspaceId} FOR UPDATE`;
      const order = await tx.purchase.findFirst({ where: { id: purchaseId, workspaceId: ctx.workspaceId } });
      if (order?.status !== "paid" || !order.paymentIntentId) throw notFound("payment");
      await refuseUsed(tx, order, windowDays);
      try {
        await stripe().client.refunds.create(
          {
            payment_intent: order.paymentIntentId,
            reason: "requested_by_customer",
            metadata: { tollgate_purchase: order.id },
          },
          { idempotencyKey: `refund:${order.id}` },
        );
      } catch (error) {
        log.error({ requestId: ctx.requestId, purchaseId, err: error }, "a refund was not taken");
        throw new AppError("payment_failed", "paymentUnavailable", { cause: error });
      }
      const reversals = await readReversals(order.paymentIntentId);
      await settleReversals(tx, order.id, reversals, actorName(ctx.actor));
      await writeAudit(tx, ctx, { action: "purchase.refund", target: order.id });
    },
    { maxWait: 10_000, timeout: 30_000 },
  );
}

async function refuseUsed(tx: Tx, order: Purchase, windowDays: number): Promise<void> {
  if (order.refundedMinor > 0n) throw new AppError("conflict", "refundDone");
  const paidMs = order.paidAt?.getTime() ?? 0;
  if (Date.now() - paidMs > windowDays * DAY_MS) throw new AppError("gone", "refundWindow");
  const lots = await tx.lot.findMany({ where: { purchaseId: order.id } });
  const wallet = await tx.wallet.findUniqueOrThrow({ where: { workspaceId: order.workspaceId } });
  const wholeNano = lots.reduce((sum, lot) => sum + lot.amountNano, 0n);
  const untouched = lots.every((lot) => lot.leftNano === lot.amountNano && lot.clawedNano === 0n);
  if (!untouched || wallet.balanceNano - wallet.reservedNano < wholeNano) {
    throw new AppError("conflict", "refundSpent");
  }
}
