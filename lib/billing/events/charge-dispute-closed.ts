import { applyReversals } from "@/lib/billing/events/apply-reversals";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** A dispute was decided. */
export const chargeDisputeClosed: EventHandler = {
  type: "charge.dispute.closed",
  prepare: applyReversals,
};
