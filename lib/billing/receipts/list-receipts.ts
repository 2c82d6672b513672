import type { Ctx } from "@/lib/actor";
import { readRefundWindow } from "@/lib/billing/refund-purchase";
import { db } from "@/lib/db";
import type { Purchase, Reversal } from "@/prisma/generated/client";

/** A refund or dispute of a purchase; the amount in the purchase's minor units, the status in Stripe's words. */
export interface ReceiptReversal {
  id: string;
  kind: "refund" | "dispute";
  amountMinor: bigint;
  status: string;
  stands: boolean;
  createdAt: Date;
}

/** A paid order with its papers. Money in minor units of `currency`, nano-USD. */
export interface ReceiptView {
  id: string;
  packName: string;
  automatic: boolean;
  currency: string;
  paidMinor: bigint;
  creditNano: bigint;
  bonusNano: bigint;
  receiptUrl: string | null;
  invoiceUrl: string | null;
  paidAt: Date;
  reversals: ReceiptReversal[];
  /** Until when it can be given back, nothing of it being used; null when it cannot. */
  refundableUntil: Date | null;
}

const SHOWN = 12;
const DAY_MS = 86_400_000;

/**
 * One's own paid orders with receipts, invoices, refunds and disputes, newest first; `all` for more than the last
 * twelve (at most 500). Whether one can be given back is what `refundPurchase` will check again under its lock.
 */
export async function listReceipts(
  ctx: Ctx,
  input: { all?: boolean } = {},
): Promise<{ receipts: ReceiptView[]; count: number }> {
  const { workspaceId } = ctx;
  const where = { workspaceId, status: "paid" } as const;
  const [orders, count, windowDays, wallet] = await Promise.all([
    db().purchase.findMany({
      where,
      orderBy: [{ paidAt: { sort: "desc", nulls: "last" } }, { id: "desc" }],
      take: input.all ? 500 : SHOWN,
      include: { pack: { select: { name: true } }, reversals: { orderBy: { createdAt: "asc" } } },
    }),
    db().purchase.count({ where }),
    readRefundWindow(),
    db().wallet.findUnique({ where: { workspaceId } }),
  ]);
  const lots = await db().lot.findMany({
    where: { workspaceId, purchaseId: { in: orders.map(({ id }) => id) } },
    select: { purchaseId: true, amountNano: true, leftNano: true, clawedNano: true },
  });
  const availableNano = wallet ? wallet.balanceNano - wallet.reservedNano : 0n;
  const untouched = (order: Purchase) => {
    const own = lots.filter(({ purchaseId }) => purchaseId === order.id);
    const wholeNano = own.reduce((sum, lot) => sum + lot.amountNano, 0n);
    const whole = own.every((lot) => lot.leftNano === lot.amountNano && lot.clawedNano === 0n);
    return own.length > 0 && whole && availableNano >= wholeNano;
  };
  const receipts = orders.map((order) => {
    const paidAt = order.paidAt ?? order.createdAt;
    const until = new Date(paidAt.getTime() + windowDays * DAY_MS);
    const open = order.reversals.length === 0 && until.getTime() > Date.now() && untouched(order);
    return {
      id: order.id,
      packName: order.pack.name,
      automatic: order.kind === "auto_top_up",
      currency: order.currency,
      paidMinor: order.paidMinor ?? order.priceMinor,
      creditNano: order.creditNano,
      bonusNano: order.bonusNano,
      receiptUrl: order.receiptUrl,
      invoiceUrl: order.invoiceUrl,
      paidAt,
      reversals: order.reversals.map(reversalView),
      refundableUntil: open ? until : null,
    };
  });
  return { receipts, count };
}

function reversalView({ id, kind, amountMinor, status, stands, createdAt }: Reversal): ReceiptReversal {
  return { id, kind, amountMinor, status, stands, createdAt };
}
