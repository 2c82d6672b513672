import { applyCheckout } from "@/lib/billing/events/apply-checkout";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** A delayed method did not bring the money. Nothing was credited before, so nothing is taken back. */
export const checkoutAsyncPaymentFailed: EventHandler = {
  type: "checkout.session.async_payment_failed",
  prepare: applyCheckout,
};
