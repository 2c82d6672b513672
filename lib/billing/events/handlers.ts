import { checkoutAsyncPaymentFailed } from "@/lib/billing/events/checkout-session-async-payment-failed";
import { checkoutAsyncPaymentSucceeded } from "@/lib/billing/events/checkout-session-async-payment-succeeded";
import { checkoutCompleted } from "@/lib/billing/events/checkout-session-completed";
import { checkoutExpired } from "@/lib/billing/events/checkout-session-expired";
import type { EventHandler } from "@/lib/billing/events/event-handler";

/** Every type that the webhook endpoint at Stripe has to be subscribed to. A new one joins here. */
export const EVENT_HANDLERS: readonly EventHandler[] = [
  checkoutCompleted,
  checkoutAsyncPaymentSucceeded,
  checkoutAsyncPaymentFailed,
  checkoutExpired,
];
