import type Stripe from "stripe";
import { z } from "zod";
import { boolean, expand, integer, metadata, paramsFor } from "@/lib/sandbox/stripe/read-params";
import { priceData } from "@/lib/sandbox/stripe/resources/prices";

const url = z.string().max(5_000);

const lineItem = paramsFor<Stripe.Checkout.SessionCreateParams.LineItem>()({
  metadata: metadata.optional(),
  price: z.string().optional(),
  price_data: paramsFor<Stripe.Checkout.SessionCreateParams.LineItem.PriceData>()(priceData).optional(),
  quantity: integer.refine((quantity) => quantity >= 1 && quantity <= 999_999, "Invalid quantity").optional(),
});

const invoiceCreation = paramsFor<Stripe.Checkout.SessionCreateParams.InvoiceCreation>()({
  enabled: boolean,
  invoice_data: paramsFor<Stripe.Checkout.SessionCreateParams.InvoiceCreation.InvoiceData>()({
    description: z.string().max(1_500).optional(),
    footer: z.string().max(5_000).optional(),
    metadata: metadata.optional(),
  }).optional(),
});

/**
 * What the stand-in knows of https://docs.stripe.com/api/checkout/sessions/create; anything else is refused as
 * unknown rather than ignored.
 */
export const SessionParams = paramsFor<Stripe.Checkout.SessionCreateParams>()({
  billing_address_collection: z.enum(["auto", "required"]).optional(),
  cancel_url: url.optional(),
  client_reference_id: z.string().max(200).optional(),
  currency: priceData.currency.optional(),
  customer: z.string().optional(),
  customer_creation: z.enum(["always", "if_required"]).optional(),
  customer_email: z.string().max(800).optional(),
  customer_update: paramsFor<Stripe.Checkout.SessionCreateParams.CustomerUpdate>()({
    address: z.enum(["auto", "never"]).optional(),
    name: z.enum(["auto", "never"]).optional(),
    shipping: z.enum(["auto", "never"]).optional(),
  }).optional(),
  expand,
  expires_at: integer.optional(),
  invoice_creation: invoiceCreation.optional(),
  line_items: z.array(lineItem).min(1).max(100),
  locale: z.string().max(10).optional(),
  metadata: metadata.optional(),
  mode: z.literal("payment"),
  payment_intent_data: paramsFor<Stripe.Checkout.SessionCreateParams.PaymentIntentData>()({
    description: z.string().max(1_000).optional(),
    metadata: metadata.optional(),
    receipt_email: z.string().max(800).optional(),
    setup_future_usage: z.enum(["off_session", "on_session"]).optional(),
  }).optional(),
  submit_type: z.enum(["auto", "book", "donate", "pay"]).optional(),
  success_url: url,
  ui_mode: z.literal("hosted_page").optional(),
});

export type SessionParams = z.output<typeof SessionParams>;
