import { applyReversals } from "@/lib/billing/events/apply-reversals";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** A refund did not reach the payer: its money is ours again. */
export const refundFailed: EventHandler = {
  type: "refund.failed",
  prepare: applyReversals,
};
