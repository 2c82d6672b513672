import { applyReversals } from "@/lib/billing/events/apply-reversals";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** Some or all of a payment was given back. */
export const chargeRefunded: EventHandler = {
  type: "charge.refunded",
  prepare: applyReversals,
};
