import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { STRIPE_API_VERSION, stripeConfig } from "@/lib/billing/stripe-config";

const local = { production: false };

describe("stripeConfig", () => {
  it("is pinned to the API version of the SDK it was written for", () => {
    expect(STRIPE_API_VERSION).toBe(Stripe.API_VERSION);
  });

  it("is off without a key, and knows the mode by the key", () => {
    expect(stripeConfig(local)).toBeNull();
    expect(stripeConfig({ ...local, STRIPE_SECRET_KEY: "sk_test_a" })).toMatchObject({ livemode: false });
    expect(stripeConfig({ ...local, STRIPE_SECRET_KEY: "rk_live_a" })).toMatchObject({ livemode: true });
    expect(stripeConfig({ production: true, STRIPE_SECRET_KEY: "sk_live_a" })?.options.host).toBeUndefined();
  });

  it("goes to loopback when told to", () => {
    const at = (STRIPE_API_BASE: string) =>
      stripeConfig({ ...local, STRIPE_SECRET_KEY: "sk_test_a", STRIPE_API_BASE })?.options;
    expect(at("http://127.0.0.1:4242")).toMatchObject({ protocol: "http", host: "127.0.0.1", port: "4242" });
    expect(at("http://localhost:4242/")).toMatchObject({ host: "localhost", port: "4242" });
    expect(at("http://[::1]:4242")).toMatchObject({ host: "::1", port: "4242" });
    expect(at("http://127.1.2.3")).toMatchObject({ host: "127.1.2.3", port: "80" });
  });

  it("refuses everything else, naming the setting and never the key", () => {
    const wrong = [
      { STRIPE_SECRET_KEY: "pk_test_a" },
      { STRIPE_SECRET_KEY: "whsec_a" },
      { STRIPE_SECRET_KEY: "sk_test_a b" },
      ...[
        "http://stripe.example.com",
        "http://127.0.0.1.example.com:1",
        "http://10.0.0.1:4242",
        "http://0.0.0.0:4242",
        "http://localhost.example.com",
        "http://user:pass@127.0.0.1:1",
        "https://127.0.0.1:1",
        "ftp://127.0.0.1",
        "127.0.0.1:4242",
        "nonsense",
      ].map((STRIPE_API_BASE) => ({ STRIPE_SECRET_KEY: "sk_test_a", STRIPE_API_BASE })),
      { STRIPE_SECRET_KEY: "sk_live_secret", STRIPE_API_BASE: "http://127.0.0.1:1" },
      { STRIPE_SECRET_KEY: "sk_test_a", STRIPE_API_BASE: "http://127.0.0.1:1", production: true },
    ];
    for (const settings of wrong) {
      expect(() => stripeConfig({ ...local, ...settings }), JSON.stringify(settings)).toThrow(/STRIPE_/);
      expect(() => stripeConfig({ ...local, ...settings })).not.toThrow(/sk_live_secret|user:pass/);
    }
  });
});
