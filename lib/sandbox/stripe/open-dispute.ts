import type Stripe from "stripe";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import type { StandInContext } from "@/lib/sandbox/stripe/types";

/** What a payer's bank does: disputes a charge, all of it or a part (minor units). */
export function openDispute(
  context: StandInContext,
  charge: Stripe.Charge,
  options: { amount?: number; status?: Stripe.Dispute["status"] } = {},
): Stripe.Dispute {
  const dispute: Stripe.Dispute = {
    id: makeId("dp"),
    object: "dispute",
    amount: options.amount ?? charge.amount_captured - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: context.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: NO_EVIDENCE,
    evidence_details: {
      due_by: context.now() + 7 * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: "fraudulent",
    status: options.status ?? "needs_response",
  };
  context.state.disputes[dispute.id] = dispute;
  charge.disputed = true;
  context.emit("charge.dispute.created", dispute);
  return dispute;
}

/** The bank moves on or decides. */
export function moveDispute(
  context: StandInContext,
  dispute: Stripe.Dispute,
  status: Stripe.Dispute["status"],
): void {
  const previous = { status: dispute.status };
  dispute.status = status;
  const closed = status === "won" || status === "lost" || status === "warning_closed";
  context.emit(closed ? "charge.dispute.closed" : "charge.dispute.updated", dispute, null, previous);
}

/** A refund that was announced and did not reach the payer. */
export function failRefund(context: StandInContext, refund: Stripe.Refund): void {
  const charge = context.state.charges[String(refund.charge)];
  refund.status = "failed";
  refund.failure_reason = "lost_or_stolen_card";
  if (charge) {
    charge.amount_refunded -= refund.amount;
    charge.refunded = false;
  }
  context.emit("refund.failed", refund, null, { status: "succeeded" });
}

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
