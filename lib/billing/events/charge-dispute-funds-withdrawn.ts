import { applyReversals } from "@/lib/billing/events/apply-reversals";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** The money of a dispute has left the account. */
export const chargeDisputeFundsWithdrawn: EventHandler = {
  type: "charge.dispute.funds_withdrawn",
  prepare: applyReversals,
};
