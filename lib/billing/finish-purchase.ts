import { actorName, type Ctx } from "@/lib/actor";
import { fulfilCheckout } from "@/lib/billing/fulfil-checkout";
import { getPurchase, type PurchaseView } from "@/lib/billing/get-purchase";
import { retrieveCheckout } from "@/lib/billing/retrieve-checkout";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { log } from "@/lib/log";

export interface FinishedPurchase {
  purchase: PurchaseView;
  /** False when Stripe could not be asked just now: the webhook will bring the result. */
  checked: boolean;
  /** The payment page, while the order can still be paid. */
  payUrl: string | null;
}

/**
 * What the return page does: asks Stripe how the session stands and credits the order if it is paid and nothing
 * has credited it yet. May be repeated. Another workspace's session answers as missing. Throws AppError not_found.
 */
export async function finishPurchase(ctx: Ctx, input: { sessionId: string }): Promise<FinishedPurchase> {
  const by = { checkoutSessionId: input.sessionId };
  const before = /^cs_[A-Za-z0-9_]{1,250}$/.test(input.sessionId) ? await getPurchase(ctx, by) : null;
  if (!before) throw notFound("payment");
  if (before.status === "paid" || before.status === "mismatch") {
    return { purchase: before, checked: true, payUrl: null };
  }
  try {
    const checkout = await retrieveCheckout(input.sessionId);
    await db().$transaction((tx) => fulfilCheckout(tx, checkout, actorName(ctx.actor)), {
      maxWait: 10_000,
      timeout: 15_000,
    });
    const purchase = (await getPurchase(ctx, by)) ?? before;
    return { purchase, checked: true, payUrl: checkout.state === "open" ? checkout.payUrl : null };
  } catch (error) {
    log.warn(
      { requestId: ctx.requestId, purchaseId: before.id, err: error },
      "the return page could not settle",
    );
    return { purchase: before, checked: false, payUrl: null };
  }
}
