import { applyReversals } from "@/lib/billing/events/apply-reversals";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** A refund moved on: it may have failed after it was announced. */
export const refundUpdated: EventHandler = {
  type: "refund.updated",
  prepare: applyReversals,
};
