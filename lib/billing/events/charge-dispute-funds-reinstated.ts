import { applyReversals } from "@/lib/billing/events/apply-reversals";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** The money of a dispute has come back. */
export const chargeDisputeFundsReinstated: EventHandler = {
  type: "charge.dispute.funds_reinstated",
  prepare: applyReversals,
};
