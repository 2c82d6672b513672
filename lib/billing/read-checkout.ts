import type Stripe from "stripe";
import { fromStripeMinor } from "@/lib/billing/minor-units";

/** Where a payment stands, as Stripe tells it now. Never moves back from `paid`. */
export type CheckoutState = "open" | "processing" | "paid" | "failed" | "expired";

/** What we take from a checkout session; everything else about the order comes from our own row. */
export interface Checkout {
  /** Null for a payment without a page: an automatic top-up. */
  sessionId: string | null;
  /** Our order, as we named it when the session was made; null for a session that is not ours. */
  purchaseId: string | null;
  state: CheckoutState;
  /** What was to be paid before discounts, and what was paid, in minor units. */
  subtotalMinor: bigint | null;
  totalMinor: bigint | null;
  currency: string | null;
  livemode: boolean;
  paymentIntentId: string | null;
  receiptUrl: string | null;
  invoiceUrl: string | null;
  /** The payment page while it can still be paid. */
  payUrl: string | null;
}

/** What `retrieveCheckout` asks Stripe to include. */
export const CHECKOUT_EXPAND = ["payment_intent.latest_charge", "invoice"];

/**
 * A retrieved session, with CHECKOUT_EXPAND, in our terms. The state is read from the session and its payment
 * intent alone, so that it does not matter which event or visit led here, nor in which order.
 * https://docs.stripe.com/checkout/fulfillment
 */
export function readCheckout(session: Stripe.Checkout.Session): Checkout {
  const intent = typeof session.payment_intent === "object" ? session.payment_intent : null;
  const charge = typeof intent?.latest_charge === "object" ? intent.latest_charge : null;
  const invoice = typeof session.invoice === "object" ? session.invoice : null;
  const purchaseId = session.client_reference_id;
  return {
    sessionId: session.id,
    purchaseId: purchaseId?.startsWith("pur_") ? purchaseId : null,
    state: stateOf(session, intent),
    subtotalMinor: session.amount_subtotal === null ? null : fromStripeMinor(session.amount_subtotal),
    totalMinor: session.amount_total === null ? null : fromStripeMinor(session.amount_total),
    currency: session.currency,
    livemode: session.livemode,
    paymentIntentId:
      intent?.id ?? (typeof session.payment_intent === "string" ? session.payment_intent : null),
    receiptUrl: charge?.receipt_url ?? null,
    invoiceUrl: invoice?.hosted_invoice_url ?? null,
    payUrl: session.url,
  };
}

/** A payment that was made without a page, in the same terms; its order is named in its metadata. */
export function readPayment(intent: Stripe.PaymentIntent): Checkout {
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  const purchaseId = intent.metadata.tollgate_purchase;
  const failed = intent.status === "requires_payment_method" || intent.status === "canceled";
  return {
    sessionId: null,
    purchaseId: purchaseId?.startsWith("pur_") ? purchaseId : null,
    state: intent.status === "succeeded" ? "paid" : failed ? "failed" : "processing",
    subtotalMinor: fromStripeMinor(intent.amount),
    totalMinor: fromStripeMinor(intent.amount),
    currency: intent.currency,
    livemode: intent.livemode,
    paymentIntentId: intent.id,
    receiptUrl: charge?.receipt_url ?? null,
    invoiceUrl: null,
    payUrl: null,
  };
}

function stateOf(session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent | null): CheckoutState {
  // `no_payment_required` counts as paid here; the terms are compared after, and a free order is not one of ours.
  if (session.payment_status === "paid" || session.payment_status === "no_payment_required") return "paid";
  if (session.status === "expired") return "expired";
  if (session.status !== "complete") return "open";
  // A delayed method that fails hands its intent back to be paid again, which a complete session never is.
  const failed = intent?.status === "requires_payment_method" || intent?.status === "canceled";
  return failed ? "failed" : "processing";
}
