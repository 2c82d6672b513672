import type Stripe from "stripe";
import { buildCharge } from "@/lib/sandbox/stripe/build-charge";
import { buildInvoice } from "@/lib/sandbox/stripe/build-invoice";
import { buildPaymentIntent } from "@/lib/sandbox/stripe/build-payment-intent";
import { contact } from "@/lib/sandbox/stripe/build-session";
import { TEST_METHODS, type TestMethod } from "@/lib/sandbox/stripe/test-methods";
import type { SessionRecord, StandInContext } from "@/lib/sandbox/stripe/types";

const DEFAULT_LATER_MS = 5_000;

/**
 * What happens when somebody submits the payment page of an open session. Returns the sentence to show when the
 * payment was declined and the page stays open, null when the session is complete.
 */
export function paySession(
  context: StandInContext,
  record: SessionRecord,
  payer: { email: string; method: TestMethod },
): string | null {
  const { session } = record;
  const intent = buildPaymentIntent(context, record);
  const later = payer.method === "debit" || payer.method === "debit_failing";
  const status = payer.method === "card_declined" ? "failed" : later ? "pending" : "succeeded";
  const charge = buildCharge(context, intent, { ...payer, status });

  if (status === "failed") {
    failIntent(context, intent, charge, payer.method);
    return TEST_METHODS[payer.method].failureMessage;
  }
  session.status = "complete";
  session.url = null;
  session.customer_details = contact(payer.email);
  if (status === "pending") {
    intent.status = "processing";
    record.later = {
      outcome: payer.method === "debit" ? "succeeds" : "fails",
      dueMs: context.nowMs() + (context.options.laterMs ?? DEFAULT_LATER_MS),
    };
    context.emit("charge.pending", charge);
    context.emit("payment_intent.processing", intent);
    context.emit("checkout.session.completed", session);
    return null;
  }
  const method = context.state.paymentMethods[String(intent.payment_method)];
  const { customer } = intent;
  if (method && intent.setup_future_usage && typeof customer === "string") method.customer = customer;
  succeed(context, record, intent, charge);
  context.emit("checkout.session.completed", session);
  return null;
}

/** The end of a bank debit, one way or the other. Without effect when it has ended before. */
export function settleLater(context: StandInContext, record: SessionRecord): void {
  const { session, later } = record;
  const intent = context.state.paymentIntents[String(session.payment_intent)];
  const charge = context.state.charges[String(intent?.latest_charge)];
  record.later = null;
  if (!later || !intent || !charge) return;
  if (later.outcome === "succeeds") {
    succeed(context, record, intent, charge);
    context.emit("checkout.session.async_payment_succeeded", session);
    return;
  }
  charge.status = "failed";
  charge.receipt_url = null;
  charge.failure_code = TEST_METHODS.debit_failing.failureCode;
  charge.failure_message = TEST_METHODS.debit_failing.failureMessage;
  failIntent(context, intent, charge, "debit_failing");
  context.emit("checkout.session.async_payment_failed", session);
}

function succeed(
  context: StandInContext,
  record: SessionRecord,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
): void {
  charge.status = "succeeded";
  charge.paid = true;
  charge.captured = true;
  charge.amount_captured = charge.amount;
  intent.status = "succeeded";
  intent.amount_received = intent.amount;
  intent.last_payment_error = null;
  record.session.payment_status = "paid";
  if (record.session.invoice_creation?.enabled) {
    context.emit("invoice.paid", buildInvoice(context, record));
  }
  context.emit("charge.succeeded", charge);
  context.emit("payment_intent.succeeded", intent);
}

function failIntent(
  context: StandInContext,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  method: TestMethod,
): void {
  intent.status = "requires_payment_method";
  intent.last_payment_error = {
    type: "card_error",
    code: TEST_METHODS[method].failureCode,
    charge: charge.id,
    message: TEST_METHODS[method].failureMessage,
    ...(method === "card_declined" ? { decline_code: "generic_decline" } : {}),
  };
  context.emit("charge.failed", charge);
  context.emit("payment_intent.payment_failed", intent);
}
