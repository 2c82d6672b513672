import { applyCheckout } from "@/lib/billing/events/apply-checkout";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** A delayed method, such as a bank debit, brought the money. */
export const checkoutAsyncPaymentSucceeded: EventHandler = {
  type: "checkout.session.async_payment_succeeded",
  prepare: applyCheckout,
};
