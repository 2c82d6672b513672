import { applyCheckout } from "@/lib/billing/events/apply-checkout";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** The person finished the payment page: paid, or a delayed method is under way. */
export const checkoutCompleted: EventHandler = {
  type: "checkout.session.completed",
  prepare: applyCheckout,
};
