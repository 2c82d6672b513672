import type Stripe from "stripe";

/** The API version whose shapes this code was written for. The webhook endpoint at Stripe takes the same. */
export const STRIPE_API_VERSION = "2026-10-28.endive" satisfies typeof Stripe.API_VERSION;

export interface StripeSettings {
  STRIPE_SECRET_KEY?: string | undefined;
  STRIPE_API_BASE?: string | undefined;
  production: boolean;
}

export interface StripeClientConfig {
  apiKey: string;
  /** Which kind of objects and events belong to this key; anything else is refused. */
  livemode: boolean;
  options: Stripe.StripeConfig;
}

const KEY = /^(sk|rk)_(test|live)_[A-Za-z0-9_]+$/;

/**
 * What the SDK is made with: Stripe itself, or a stand-in on loopback when STRIPE_API_BASE names one. Throws an
 * Error that names the setting to change; never the key. Returns null when payments are not set up.
 */
export function stripeConfig(settings: StripeSettings): StripeClientConfig | null {
  const apiKey = settings.STRIPE_SECRET_KEY;
  if (!apiKey) return null;
  const kind = KEY.exec(apiKey);
  if (!kind) throw new Error("STRIPE_SECRET_KEY is not a secret or restricted key (sk_..., rk_...)");
  const livemode = kind[2] === "live";
  const options: Stripe.StripeConfig = {
    apiVersion: STRIPE_API_VERSION,
    appInfo: { name: "Tollgate" },
    maxNetworkRetries: 2,
    telemetry: false,
    timeout: 20_000,
  };
  if (settings.STRIPE_API_BASE) {
    if (livemode) throw new Error("STRIPE_API_BASE is set with a live STRIPE_SECRET_KEY: unset one of them");
    if (settings.production) throw new Error("STRIPE_API_BASE is for local use: unset it in production");
    Object.assign(options, loopbackBase(settings.STRIPE_API_BASE));
  }
  return { apiKey, livemode, options };
}

function loopbackBase(text: string): Pick<Stripe.StripeConfig, "host" | "port" | "protocol"> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = url?.hostname ?? "";
  if (url?.protocol !== "http:" || url.username || !isLoopback(host)) {
    throw new Error("STRIPE_API_BASE must be an http address on loopback, such as http://127.0.0.1:4242");
  }
  return { protocol: "http", host: host.replace(/^\[|\]$/g, ""), port: url.port || "80" };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
