import type { HandledEventType } from "@/lib/billing/event-types";
import { checkoutAsyncPaymentFailed } from "@/lib/billing/events/checkout-session-async-payment-failed";
import { checkoutAsyncPaymentSucceeded } from "@/lib/billing/events/checkout-session-async-payment-succeeded";
import { checkoutCompleted } from "@/lib/billing/events/checkout-session-completed";
import { checkoutExpired } from "@/lib/billing/events/checkout-session-expired";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** Each type that we act on. A new one joins `event-types.ts` and here. */
export const EVENT_HANDLERS: Record<HandledEventType, EventHandler> = {
  "checkout.session.completed": checkoutCompleted,
  "checkout.session.async_payment_succeeded": checkoutAsyncPaymentSucceeded,
  "checkout.session.async_payment_failed": checkoutAsyncPaymentFailed,
  "checkout.session.expired": checkoutExpired,
};

export function findHandler(type: string): EventHandler | undefined {
  return Object.values(EVENT_HANDLERS).find((handler) => handler.type === type);
}
