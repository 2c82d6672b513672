import type Stripe from "stripe";
import { findCheckout } from "@/lib/billing/find-checkout";
import { fulfilCheckout } from "@/lib/billing/fulfil-checkout";
import { readReversals } from "@/lib/billing/read-reversals";
import { settleReversals } from "@/lib/billing/settle-reversals";
import type { Tx } from "@/lib/db";
import { log } from "@/lib/log";

/**
 * All refund and dispute events end here: the payment's refunds and disputes are asked of Stripe, never taken from
 * the event. One that overtakes its own payment's event fulfils the order first.
 */
export async function applyReversals(
  event: Stripe.Event,
): Promise<(tx: Tx, actor: string) => Promise<string>> {
  const object = event.data.object as { id?: string; payment_intent?: string | { id: string } | null };
  const intent = object.payment_intent;
  const paymentIntentId = typeof intent === "string" ? intent : (intent?.id ?? null);
  if (paymentIntentId === null) return async () => "not_ours";
  const [checkout, reversals] = await Promise.all([
    findCheckout(paymentIntentId),
    readReversals(paymentIntentId),
  ]);
  return async (tx, actor) => {
    if (checkout) await fulfilCheckout(tx, checkout, actor);
    const order = await tx.purchase.findUnique({ where: { paymentIntentId }, select: { id: true } });
    if (!order) {
      log.error(
        { eventId: event.id, type: event.type, paymentIntentId },
        "a reversal of a payment that is no order",
      );
      return "not_ours";
    }
    const changed = await settleReversals(tx, order.id, reversals, actor);
    return changed > 0 ? "settled" : "unchanged";
  };
}
