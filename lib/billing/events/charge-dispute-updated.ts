import { applyReversals } from "@/lib/billing/events/apply-reversals";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** A dispute moved on. */
export const chargeDisputeUpdated: EventHandler = {
  type: "charge.dispute.updated",
  prepare: applyReversals,
};
