import { CHECKOUT_EXPAND, type Checkout, readCheckout } from "@/lib/billing/read-checkout";
import { stripe } from "@/lib/billing/stripe";

/** Asks Stripe how a session stands. Throws the SDK's errors, and RangeError on an amount that is none. */
export async function retrieveCheckout(sessionId: string): Promise<Checkout> {
  const { client } = stripe();
  return readCheckout(await client.checkout.sessions.retrieve(sessionId, { expand: CHECKOUT_EXPAND }));
}
