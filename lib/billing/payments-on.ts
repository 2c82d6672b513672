import { env } from "@/lib/env";

/** Whether this installation takes payments at all, be it through Stripe or through the stand-in. */
export function paymentsOn(): boolean {
  return env().STRIPE_SECRET_KEY !== undefined;
}
