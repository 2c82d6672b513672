import { CHECKOUT_EXPAND, type Checkout, readCheckout, readPayment } from "@/lib/billing/read-checkout";
import { stripe } from "@/lib/billing/stripe";

/**
 * What a payment was for: its checkout session, or, of an automatic top-up, the payment itself. Null for a payment
 * that is none of ours. Throws the SDK's errors.
 */
export async function findCheckout(paymentIntentId: string): Promise<Checkout | null> {
  const { client } = stripe();
  const { data } = await client.checkout.sessions.list({
    payment_intent: paymentIntentId,
    limit: 1,
    expand: CHECKOUT_EXPAND.map((path) => `data.${path}`),
  });
  const [session] = data;
  if (session) return readCheckout(session);
  const intent = await client.paymentIntents.retrieve(paymentIntentId, { expand: ["latest_charge"] });
  const payment = readPayment(intent);
  return payment.purchaseId === null ? null : payment;
}
