import { applyReversals } from "@/lib/billing/events/apply-reversals";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** A payer disputes a payment: the account is frozen at once. */
export const chargeDisputeCreated: EventHandler = {
  type: "charge.dispute.created",
  prepare: applyReversals,
};
