import { CHECKOUT_EXPAND, type Checkout, readCheckout } from "@/lib/billing/read-checkout";
import { stripe } from "@/lib/billing/stripe";

/** The checkout session that a payment came from; null for a payment without one. Throws the SDK's errors. */
export async function findCheckout(paymentIntentId: string): Promise<Checkout | null> {
  const { client } = stripe();
  const { data } = await client.checkout.sessions.list({
    payment_intent: paymentIntentId,
    limit: 1,
    expand: CHECKOUT_EXPAND.map((path) => `data.${path}`),
  });
  const [session] = data;
  return session ? readCheckout(session) : null;
}
