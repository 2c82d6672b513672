import type Stripe from "stripe";
import { randomBase62 } from "@/lib/ids";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import type { SessionRecord, StandInContext } from "@/lib/sandbox/stripe/types";

/**
 * The session's payment intent, made when somebody first tries to pay, as Stripe does.
 * https://docs.stripe.com/api/payment_intents/object
 */
export function buildPaymentIntent(context: StandInContext, record: SessionRecord): Stripe.PaymentIntent {
  const { session, intent } = record;
  const existing = context.state.paymentIntents[String(session.payment_intent)];
  if (existing) return existing;
  const made = makeIntent(context, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "usd",
    customer: typeof session.customer === "string" ? session.customer : null,
    description: intent.description,
    metadata: intent.metadata,
    methodTypes: session.payment_method_types,
    receiptEmail: intent.receiptEmail,
    futureUsage: intent.futureUsage,
  });
  session.payment_intent = made.id;
  return made;
}

export interface IntentTerms {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Stripe.Metadata;
  methodTypes: string[];
  receiptEmail: string | null;
  futureUsage: "off_session" | "on_session" | null;
}

/** A payment intent that nobody has paid yet. */
export function makeIntent(context: StandInContext, terms: IntentTerms): Stripe.PaymentIntent {
  const id = makeId("pi");
  const made: Stripe.PaymentIntent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: terms.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomBase62(25)}`,
    confirmation_method: "automatic",
    created: context.now(),
    currency: terms.currency,
    customer: terms.customer,
    customer_account: null,
    description: terms.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: terms.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: terms.methodTypes,
    payment_record: null,
    processing: null,
    receipt_email: terms.receiptEmail,
    review: null,
    setup_future_usage: terms.futureUsage,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
  context.state.paymentIntents[id] = made;
  context.emit("payment_intent.created", made);
  return made;
}
