import { compareTerms } from "@/lib/billing/compare-terms";
import type { Checkout } from "@/lib/billing/read-checkout";
import type { Tx } from "@/lib/db";
import { grantCredits } from "@/lib/ledger/grant-credits";
import { log } from "@/lib/log";
import type { Purchase, PurchaseStatus } from "@/prisma/generated/client";

export type Fulfilment =
  /** This call wrote the credit. */
  | "credited"
  /** Paid, and credited before. */
  | "already_credited"
  /** Paid, but not what was ordered: held for the operator, nothing credited. */
  | "mismatch"
  | "processing"
  | "failed"
  | "expired"
  /** Nothing was paid yet. */
  | "open"
  /** The session belongs to no order of this installation. */
  | "not_ours";

/** A state only ever gives way to a later one, so that an old answer of Stripe cannot undo a newer one. */
const RANK: Record<PurchaseStatus, number> = {
  pending: 0,
  processing: 1,
  failed: 2,
  expired: 2,
  mismatch: 3,
  paid: 3,
};

/**
 * Brings an order to where Stripe says its payment is, inside the caller's transaction, and credits it exactly
 * once. Safe to call any number of times, at once, in any order: the order's row is locked first, and the ledger
 * knows the payment by `stripe:pi_...`. The webhook and the return page both come through here.
 */
export async function fulfilCheckout(tx: Tx, checkout: Checkout, actor: string): Promise<Fulfilment> {
  const order = checkout.purchaseId === null ? null : await lockOrder(tx, checkout.purchaseId);
  if (!order) {
    if (checkout.purchaseId !== null && checkout.state === "paid") {
      log.error({ checkout: refs(checkout) }, "a paid session names an order that is not here");
    }
    return "not_ours";
  }
  if (order.status === "paid" || order.status === "mismatch") {
    if (checkout.state === "paid" && order.checkoutSessionId !== checkout.sessionId) {
      log.error({ checkout: refs(checkout), status: order.status }, "a second session of one order was paid");
    }
    return order.status === "paid" ? "already_credited" : "mismatch";
  }
  if (checkout.state !== "paid") return advance(tx, order, checkout);

  const difference = compareTerms(order, checkout);
  const paymentIntentId = checkout.paymentIntentId;
  if (difference !== null || paymentIntentId === null) {
    log.error(
      { checkout: refs(checkout), difference },
      "a payment does not match its order: held, not credited",
    );
    await tx.purchase.update({
      where: { id: order.id },
      data: { status: "mismatch", note: difference, paidMinor: checkout.totalMinor },
    });
    return "mismatch";
  }
  return credit(tx, order, { ...checkout, paymentIntentId }, actor);
}

async function lockOrder(tx: Tx, id: string): Promise<Purchase | null> {
  const locked = await tx.$executeRaw`SELECT 1 FROM purchases WHERE id = ${id} FOR UPDATE`;
  return locked === 0 ? null : tx.purchase.findUnique({ where: { id } });
}

async function advance(tx: Tx, order: Purchase, checkout: Checkout): Promise<Fulfilment> {
  if (checkout.state === "open" || checkout.state === "paid") return "open";
  if (RANK[checkout.state] > RANK[order.status]) {
    await tx.purchase.update({
      where: { id: order.id },
      data: { status: checkout.state, checkoutSessionId: checkout.sessionId },
    });
  }
  return checkout.state;
}

async function credit(
  tx: Tx,
  order: Purchase,
  checkout: Checkout & { paymentIntentId: string },
  actor: string,
): Promise<Fulfilment> {
  const key = `stripe:${checkout.paymentIntentId}`;
  const grant = { workspaceId: order.workspaceId, purchaseId: order.id, actor };
  const { granted } = await grantCredits(tx, {
    ...grant,
    amountNano: order.creditNano,
    promotional: false,
    source: "purchase",
    key,
    from: "stripe_clearing",
  });
  if (order.bonusNano > 0n) {
    await grantCredits(tx, {
      ...grant,
      amountNano: order.bonusNano,
      promotional: true,
      source: "bonus",
      key: `${key}:bonus`,
      from: "promotions",
    });
  }
  await tx.purchase.update({
    where: { id: order.id },
    data: {
      status: "paid",
      paidAt: new Date(),
      paidMinor: checkout.totalMinor,
      checkoutSessionId: checkout.sessionId,
      paymentIntentId: checkout.paymentIntentId,
      receiptUrl: checkout.receiptUrl,
      invoiceUrl: checkout.invoiceUrl,
      livemode: checkout.livemode,
      note: null,
    },
  });
  log.info({ checkout: refs(checkout), granted, actor }, "a purchase was credited");
  return granted ? "credited" : "already_credited";
}

/** What a log line may name. */
function refs(checkout: Checkout): Record<string, unknown> {
  return {
    purchaseId: checkout.purchaseId,
    sessionId: checkout.sessionId,
    paymentIntentId: checkout.paymentIntentId,
    state: checkout.state,
  };
}
