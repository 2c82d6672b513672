import type { HandledEventType } from "@/lib/billing/event-types";
import { chargeDisputeClosed } from "@/lib/billing/events/charge-dispute-closed";
import { chargeDisputeCreated } from "@/lib/billing/events/charge-dispute-created";
import { chargeDisputeFundsReinstated } from "@/lib/billing/events/charge-dispute-funds-reinstated";
import { chargeDisputeFundsWithdrawn } from "@/lib/billing/events/charge-dispute-funds-withdrawn";
import { chargeDisputeUpdated } from "@/lib/billing/events/charge-dispute-updated";
import { chargeRefunded } from "@/lib/billing/events/charge-refunded";
import { checkoutAsyncPaymentFailed } from "@/lib/billing/events/checkout-session-async-payment-failed";
import { checkoutAsyncPaymentSucceeded } from "@/lib/billing/events/checkout-session-async-payment-succeeded";
import { checkoutCompleted } from "@/lib/billing/events/checkout-session-completed";
import { checkoutExpired } from "@/lib/billing/events/checkout-session-expired";
import type { EventHandler } from "@/lib/billing/events/event-handler";
import { refundFailed } from "@/lib/billing/events/refund-failed";
import { refundUpdated } from "@/lib/billing/events/refund-updated";

/** Each type that we act on. A new one joins `event-types.ts` and here. */
export const EVENT_HANDLERS: Record<HandledEventType, EventHandler> = {
  "checkout.session.completed": checkoutCompleted,
  "checkout.session.async_payment_succeeded": checkoutAsyncPaymentSucceeded,
  "checkout.session.async_payment_failed": checkoutAsyncPaymentFailed,
  "checkout.session.expired": checkoutExpired,
  "charge.refunded": chargeRefunded,
  "refund.updated": refundUpdated,
  "refund.failed": refundFailed,
  "charge.dispute.created": chargeDisputeCreated,
  "charge.dispute.updated": chargeDisputeUpdated,
  "charge.dispute.closed": chargeDisputeClosed,
  "charge.dispute.funds_withdrawn": chargeDisputeFundsWithdrawn,
  "charge.dispute.funds_reinstated": chargeDisputeFundsReinstated,
};

export function findHandler(type: string): EventHandler | undefined {
  return Object.values(EVENT_HANDLERS).find((handler) => handler.type === type);
}
