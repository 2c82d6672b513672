import type Stripe from "stripe";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import { TEST_METHODS, type TestMethod } from "@/lib/sandbox/stripe/test-methods";
import type { StandInContext } from "@/lib/sandbox/stripe/types";

/**
 * One attempt to take the money of an intent, kept as its latest charge.
 * https://docs.stripe.com/api/charges/object
 */
export function buildCharge(
  context: StandInContext,
  intent: Stripe.PaymentIntent,
  payer: {
    email: string | null;
    method: TestMethod;
    status: "succeeded" | "pending" | "failed";
    /** One that is there already: a saved card. */
    saved?: Stripe.PaymentMethod;
  },
): Stripe.Charge {
  const id = makeId("ch");
  const method = TEST_METHODS[payer.method];
  const failed = payer.status === "failed";
  const charge: Stripe.Charge = {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: payer.status === "succeeded" ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: payer.email, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: "TOLLGATE STAND-IN",
    captured: payer.status === "succeeded",
    created: context.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failed ? method.failureCode : null,
    failure_message: failed ? method.failureMessage : null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: failed ? "try_again_later" : null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: failed ? "declined_by_network" : "approved_by_network",
      reason: failed ? "generic_decline" : null,
      risk_level: "normal",
      risk_score: 12,
      seller_message: failed ? "The bank did not return any further details." : "Payment complete.",
      type: failed ? "issuer_declined" : "authorized",
    },
    paid: payer.status === "succeeded",
    payment_intent: intent.id,
    payment_method: payer.saved?.id ?? makePaymentMethod(context, payer.method, payer.email),
    payment_method_details: method.details(intent.amount),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: failed ? null : `${context.options.publicUrl}/sandbox/pay/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: payer.status,
    transfer_data: null,
    transfer_group: null,
  };
  context.state.charges[id] = charge;
  intent.latest_charge = id;
  intent.payment_method = failed ? null : charge.payment_method;
  return charge;
}

function makePaymentMethod(context: StandInContext, method: TestMethod, email: string | null): string {
  const id = makeId("pm");
  context.state.paymentMethods[id] = {
    id,
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    created: context.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    ...TEST_METHODS[method].method,
  };
  return id;
}
