import type { Checkout } from "@/lib/billing/read-checkout";

/** The order as it was when it was placed. A pack that changed since does not matter. */
export interface OrderTerms {
  priceMinor: bigint;
  currency: string;
  livemode: boolean | null;
  checkoutSessionId: string | null;
}

/**
 * Null when what was paid for is what was ordered; else what differs, for the operator. The subtotal is compared,
 * not the total, so that taxes and discounts do not change what is credited.
 */
export function compareTerms(order: OrderTerms, checkout: Checkout): string | null {
  if (order.checkoutSessionId !== null && order.checkoutSessionId !== checkout.sessionId) {
    return `the order belongs to session ${order.checkoutSessionId}, this is ${checkout.sessionId}`;
  }
  if (order.livemode !== null && order.livemode !== checkout.livemode) {
    return `the order is in ${mode(order.livemode)} mode, the session in ${mode(checkout.livemode)} mode`;
  }
  if (checkout.currency !== order.currency) {
    return `ordered in ${order.currency}, paid in ${checkout.currency ?? "no currency"}`;
  }
  if (checkout.subtotalMinor !== order.priceMinor) {
    return `ordered for ${order.priceMinor}, the session's subtotal is ${checkout.subtotalMinor ?? "missing"}`;
  }
  if (checkout.paymentIntentId === null) return "the session has no payment";
  return null;
}

function mode(live: boolean): string {
  return live ? "live" : "test";
}
