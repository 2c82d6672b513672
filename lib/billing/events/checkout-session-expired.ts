import { applyCheckout } from "@/lib/billing/events/apply-checkout";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** Nobody paid in time. */
export const checkoutExpired: EventHandler = {
  type: "checkout.session.expired",
  prepare: applyCheckout,
};
