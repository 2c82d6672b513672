import type Stripe from "stripe";
import { findCustomer } from "@/lib/billing/find-customer";
import { formatMinor } from "@/lib/billing/format-minor";
import { toStripeMinor } from "@/lib/billing/minor-units";
import { readInvoicesOn } from "@/lib/billing/receipts/read-invoices-on";
import { stripe } from "@/lib/billing/stripe";
import { env } from "@/lib/env";
import { formatUsd } from "@/lib/money";
import type { Pack, Purchase } from "@/prisma/generated/client";

/** How long a payment page stays open, and with it the terms of its order. */
const OPEN_S = 60 * 60;

/**
 * The payment session of an order, made once however often this is asked: the idempotency key and every parameter
 * come from the order's row. Throws the SDK's errors.
 */
export async function openCheckout(
  order: Purchase,
  pack: Pack,
  email: string,
  saveCard = false,
): Promise<Stripe.Checkout.Session> {
  const customer = await findCustomer(order.workspaceId, email);
  const { publicUrl } = env();
  const ids = { tollgate_purchase: order.id, tollgate_workspace: order.workspaceId, tollgate_pack: pack.id };
  const name = productName(order);
  const line: Stripe.Checkout.SessionCreateParams.LineItem = pack.stripePriceId
    ? { quantity: 1, price: pack.stripePriceId }
    : {
        quantity: 1,
        price_data: {
          currency: order.currency,
          unit_amount: toStripeMinor(order.priceMinor),
          product_data: { name },
        },
      };
  return stripe().client.checkout.sessions.create(
    {
      mode: "payment",
      customer,
      client_reference_id: order.id,
      metadata: ids,
      line_items: [line],
      payment_intent_data: {
        description: name,
        metadata: ids,
        // The buyer ticked that this card may be charged for automatic top-up.
        ...(saveCard ? { setup_future_usage: "off_session" as const } : {}),
      },
      ...((await readInvoicesOn())
        ? { invoice_creation: { enabled: true, invoice_data: { description: name, metadata: ids } } }
        : {}),
      expires_at: Math.floor(order.createdAt.getTime() / 1000) + OPEN_S,
      success_url: `${publicUrl}/credits?session_id={CHECKOUT_SESSION_ID}`,
      cancel_url: `${publicUrl}/credits?cancelled=${order.id}`,
    },
    { idempotencyKey: `purchase:${order.id}` },
  );
}

/** What the payment page and the receipt say was bought. */
function productName(order: Purchase): string {
  const credit = `Tollgate credit ${formatUsd(order.creditNano)}`;
  const name = order.bonusNano > 0n ? `${credit} + ${formatUsd(order.bonusNano)} bonus` : credit;
  return order.currency === "usd" ? name : `${name} (${formatMinor(order.priceMinor, order.currency)})`;
}
