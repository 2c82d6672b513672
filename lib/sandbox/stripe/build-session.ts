import type Stripe from "stripe";
import { makeId } from "@/lib/sandbox/stripe/make-id";
import { makePrice, priceOf } from "@/lib/sandbox/stripe/resources/prices";
import type { SessionParams } from "@/lib/sandbox/stripe/session-params";
import { badParam, noSuch } from "@/lib/sandbox/stripe/stripe-fault";
import type { SessionRecord, StandInContext, WireLineItem, WirePrice } from "@/lib/sandbox/stripe/types";

const HALF_HOUR_S = 30 * 60;
const DAY_S = 24 * 60 * 60;

/** A new open session from checked parameters. Throws StripeFault (400) where Stripe would. */
export function buildSession(context: StandInContext, params: SessionParams): SessionRecord {
  checkUrl(params.success_url, "success_url");
  if (params.cancel_url !== undefined) checkUrl(params.cancel_url, "cancel_url");
  const customer = params.customer === undefined ? null : context.state.customers[params.customer];
  if (customer === undefined) throw noSuch("customer", params.customer ?? "", "customer", 400);
  if (customer && params.customer_email !== undefined) {
    throw badParam(
      "customer_email",
      "You may only specify one of these parameters: customer, customer_email.",
    );
  }
  if (!customer && params.customer_update) {
    throw badParam("customer_update", "`customer_update` can only be used with `customer`.");
  }
  const now = context.now();
  const expiresAt = params.expires_at ?? now + DAY_S;
  if (expiresAt < now + HALF_HOUR_S - 60 || expiresAt > now + DAY_S + 60) {
    throw badParam(
      "expires_at",
      "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.",
    );
  }
  const prices = params.line_items.map((line, index) => linePrice(context, line, index));
  const currency = prices[0]?.currency ?? "usd";
  if (prices.some((price) => price.currency !== currency) || (params.currency ?? currency) !== currency) {
    throw badParam("line_items", "All line items must use the same currency.");
  }
  const lineItems = params.line_items.map((line, index) => buildLine(context, line, prices[index]));
  const total = lineItems.reduce((sum, line) => sum + line.amount_total, 0);
  if (total < 50) {
    throw badParam(
      "line_items",
      "The Checkout Session's total amount must convert to at least 50 cents.",
      "amount_too_small",
    );
  }

  const id = makeId("cs_test");
  const session: Stripe.Checkout.Session = {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer ? null : (params.customer_creation ?? "if_required"),
    customer_details: customer?.email ? contact(customer.email) : null,
    customer_email: params.customer_email ?? null,
    discounts: [],
    expires_at: expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: {
      enabled: params.invoice_creation?.enabled ?? false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: params.invoice_creation?.invoice_data?.description ?? null,
        footer: params.invoice_creation?.invoice_data?.footer ?? null,
        issuer: null,
        metadata: params.invoice_creation?.invoice_data?.metadata ?? {},
        rendering_options: null,
      },
    },
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: params.metadata ?? {},
    mode: "payment",
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: "if_required",
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ["card", "us_bank_account"],
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${context.options.publicUrl}/sandbox/pay/${id}`,
    wallet_options: null,
  };
  return {
    session,
    lineItems,
    intent: {
      description: params.payment_intent_data?.description ?? null,
      metadata: params.payment_intent_data?.metadata ?? {},
      receiptEmail: params.payment_intent_data?.receipt_email ?? null,
      futureUsage: params.payment_intent_data?.setup_future_usage ?? null,
    },
    later: null,
  };
}

/** What a payment page collects about the payer, for a session and a charge. */
export function contact(email: string): Stripe.Checkout.Session.CustomerDetails {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}

type Line = SessionParams["line_items"][number];

function linePrice(context: StandInContext, line: Line, index: number): WirePrice {
  const at = `line_items[${index}]`;
  if ((line.price === undefined) === (line.price_data === undefined)) {
    throw badParam(at, `You must specify either \`price\` or \`price_data\` for ${at}.`, "parameter_missing");
  }
  if (line.quantity === undefined) {
    throw badParam(`${at}[quantity]`, `Missing required param: ${at}[quantity].`, "parameter_missing");
  }
  if (line.price_data) {
    // A price made within a line serves this session only.
    const inline = makePrice(context, line.price_data, `${at}[price_data]`);
    inline.active = false;
    return inline;
  }
  const price = priceOf(context, line.price ?? "", `${at}[price]`, 400);
  if (!price.active) {
    throw badParam(`${at}[price]`, "The price specified is inactive. This field only accepts active prices.");
  }
  return price;
}

function buildLine(context: StandInContext, line: Line, price: WirePrice | undefined): WireLineItem {
  if (!price) throw badParam("line_items", "Invalid line item.");
  const amount = (price.unit_amount ?? 0) * (line.quantity ?? 1);
  return {
    id: makeId("li"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: context.state.products[String(price.product)]?.name ?? null,
    metadata: line.metadata ?? {},
    price: structuredClone(price),
    quantity: line.quantity ?? 1,
  };
}

function checkUrl(text: string, param: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw badParam(param, "Not a valid URL", "url_invalid");
}
