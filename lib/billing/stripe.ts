import Stripe from "stripe";
import { type StripeClientConfig, stripeConfig } from "@/lib/billing/stripe-config";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

let made: { config: StripeClientConfig; client: Stripe } | undefined;

/**
 * The SDK's client with its mode. Throws AppError `unavailable` when this installation has no payments set up,
 * and an Error naming the setting when it is set up wrongly.
 */
export function stripe(): { client: Stripe; livemode: boolean } {
  if (!made) {
    const config = stripeConfig(env());
    if (!config) throw new AppError("unavailable", "paymentsOff");
    made = { config, client: new Stripe(config.apiKey, config.options) };
  }
  return { client: made.client, livemode: made.config.livemode };
}

/** For tests that change the environment. */
export function forgetStripe(): void {
  made = undefined;
}
