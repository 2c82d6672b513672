import { createHmac } from "node:crypto";

/**
 * The value of `Stripe-Signature`: HMAC-SHA-256 of `timestamp.payload` under the endpoint's secret.
 * https://docs.stripe.com/webhooks/signature
 */
export function signPayload(payload: string, secret: string, timestamp: number): string {
  const signature = createHmac("sha256", secret).update(`${timestamp}.${payload}`).digest("hex");
  return `t=${timestamp},v1=${signature}`;
}
