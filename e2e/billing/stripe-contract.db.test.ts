import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStripeStandIn, type StripeStandIn } from "@/lib/sandbox/stripe/create-stand-in";

/**
 * What we rely on of Stripe's API, asked of the stand-in always, and of Stripe itself where STRIPE_TEST_KEY holds a
 * test key (sk_test_ or rk_test_) and the network is there:
 * `STRIPE_TEST_KEY=sk_test_... npx vitest run --project db e2e/billing/stripe-contract.db.test.ts`
 */
const testKey = process.env.STRIPE_TEST_KEY ?? "";
const real = /^(sk|rk)_test_/.test(testKey);

let server: Server;
let standIn: StripeStandIn;
let local: Stripe;
beforeAll(async () => {
  server = createServer(async (request, response) => {
    if (!(await standIn.handle(request, response))) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  standIn = createStripeStandIn({ webhookSecret: "unused", publicUrl: `http://127.0.0.1:${port}` });
  local = new Stripe("sk_test_tests", { host: "127.0.0.1", port, protocol: "http" });
});
afterAll(async () => {
  await standIn.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    return error instanceof Stripe.errors.StripeError
      ? `${error.statusCode} ${error.type} ${error.code}`
      : String(error);
  }
  return "no error";
};

describe.each([
  { name: "the stand-in", skipped: false, client: () => local },
  {
    name: "Stripe itself (skipped without STRIPE_TEST_KEY)",
    skipped: !real,
    client: () => new Stripe(testKey),
  },
])("$name", ({ skipped, client }) => {
  const test = it.skipIf(skipped);
  const line = {
    quantity: 1,
    price_data: { currency: "usd", unit_amount: 2000, product_data: { name: "Pack" } },
  };
  const page = () => ({
    mode: "payment" as const,
    client_reference_id: `pur_${randomUUID()}`,
    line_items: [line],
    success_url: "https://example.com/ok?session_id={CHECKOUT_SESSION_ID}",
    cancel_url: "https://example.com/no",
  });

  test("opens a payment page, tells how it stands, lists it and closes it", async () => {
    const stripe = client();
    const made = await stripe.checkout.sessions.create(page());
    expect(made).toMatchObject({
      object: "checkout.session",
      status: "open",
      payment_status: "unpaid",
      amount_subtotal: 2000,
      amount_total: 2000,
      currency: "usd",
      livemode: false,
      payment_intent: null,
    });
    expect(made.url).toMatch(/^https?:/);
    const read = await stripe.checkout.sessions.retrieve(made.id, {
      expand: ["payment_intent.latest_charge"],
    });
    expect(read.client_reference_id).toBe(made.client_reference_id);
    const closed = await stripe.checkout.sessions.expire(made.id);
    expect([closed.status, closed.url]).toEqual(["expired", null]);
  });

  test("answers a repeated idempotency key as the first time, and refuses it for another body", async () => {
    const stripe = client();
    const key = `contract:${randomUUID()}`;
    const body = page();
    const [first, second] = [
      await stripe.checkout.sessions.create(body, { idempotencyKey: key }),
      await stripe.checkout.sessions.create(body, { idempotencyKey: key }),
    ];
    expect(second.id).toBe(first.id);
    expect(await codeOf(stripe.checkout.sessions.create(page(), { idempotencyKey: key }))).toMatch(
      /^400 StripeIdempotencyError/,
    );
  });

  test("keeps customers and prices, finds a price by its lookup key, and lets it go", async () => {
    const stripe = client();
    const customer = await stripe.customers.create({ email: "ada@example.com", name: "Ada" });
    expect((await stripe.customers.update(customer.id, { name: "Ada L" })).name).toBe("Ada L");
    const lookup = `contract_${randomUUID()}`;
    const price = await stripe.prices.create({
      currency: "usd",
      unit_amount: 1990,
      lookup_key: lookup,
      product_data: { name: "Pack" },
    });
    const found = async () =>
      (await stripe.prices.list({ lookup_keys: [lookup], active: true })).data.map(({ id }) => id);
    expect(await found()).toEqual([price.id]);
    await stripe.prices.update(price.id, { active: false });
    expect(await found()).toEqual([]);
    expect((await stripe.paymentMethods.list({ customer: customer.id, type: "card" })).data).toEqual([]);
  });

  test("says in its own codes what is not there or cannot be", async () => {
    const stripe = client();
    expect(await codeOf(stripe.checkout.sessions.retrieve("cs_test_nothing"))).toBe(
      "404 StripeInvalidRequestError resource_missing",
    );
    expect(await codeOf(stripe.refunds.create({ payment_intent: "pi_nothing" }))).toMatch(
      /^40[04] StripeInvalidRequestError resource_missing$/,
    );
    const small = { ...line, price_data: { ...line.price_data, unit_amount: 10 } };
    expect(await codeOf(stripe.checkout.sessions.create({ ...page(), line_items: [small] }))).toBe(
      "400 StripeInvalidRequestError amount_too_small",
    );
    expect((await stripe.disputes.list({ payment_intent: "pi_nothing", limit: 1 })).object).toBe("list");
  });
});
