import type Stripe from "stripe";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import type { SessionRecord, StandInContext } from "@/lib/sandbox/stripe/types";

/**
 * The paid invoice that `invoice_creation` asks for, made once the money is there. Its lines are the session's.
 * https://docs.stripe.com/payments/checkout/receipts#paid-invoices
 */
export function buildInvoice(context: StandInContext, record: SessionRecord): Stripe.Invoice {
  const { session } = record;
  const customer = context.state.customers[String(session.customer)];
  const id = makeId("in");
  const now = context.now();
  const amount = session.amount_total ?? 0;
  const data = session.invoice_creation?.invoice_data;
  const number = `SANDBOX-${String(Object.keys(context.state.invoices).length + 1).padStart(4, "0")}`;
  const page = `${context.options.publicUrl}/sandbox/pay/invoices/${id}`;
  const invoice: Stripe.Invoice = {
    id,
    object: "invoice",
    account_country: "US",
    account_name: "Stand-in",
    account_tax_ids: null,
    amount_due: amount,
    amount_overpaid: 0,
    amount_paid: amount,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: true,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: "manual",
    collection_method: "charge_automatically",
    created: now,
    currency: session.currency ?? "usd",
    custom_fields: null,
    customer: session.customer,
    customer_account: null,
    customer_address: customer?.address ?? null,
    customer_email: session.customer_details?.email ?? null,
    customer_name: customer?.name ?? null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: (customer?.tax_ids?.data ?? []).map(({ type, value }) => ({ type, value })),
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: data?.description ?? null,
    discounts: [],
    due_date: null,
    effective_at: now,
    ending_balance: 0,
    footer: data?.footer ?? null,
    from_invoice: null,
    hosted_invoice_url: page,
    invoice_pdf: page,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: "list", data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: data?.metadata ?? {},
    next_payment_attempt: null,
    number,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: now,
    period_start: now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: "paid",
    status_transitions: { finalized_at: now, marked_uncollectible_at: null, paid_at: now, voided_at: null },
    subtotal: session.amount_subtotal ?? amount,
    subtotal_excluding_tax: session.amount_subtotal ?? amount,
    test_clock: null,
    total: amount,
    total_discount_amounts: [],
    total_excluding_tax: amount,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
  context.state.invoices[id] = invoice;
  session.invoice = id;
  return invoice;
}
