import type Stripe from "stripe";

/** What the webhook endpoint at Stripe has to be subscribed to; each has its handler in `events/`. */
export const EVENT_TYPES = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
] as const satisfies readonly Stripe.Event["type"][];

export type HandledEventType = (typeof EVENT_TYPES)[number];
