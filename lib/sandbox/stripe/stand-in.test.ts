import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStripeStandIn, type StripeStandIn } from "@/lib/sandbox/stripe/create-stand-in";
import type { StandInOptions } from "@/lib/sandbox/stripe/types";

const SECRET = "whsec_test_of_the_stand_in";

interface Received {
  event: Stripe.Event;
  raw: string;
}

let folder: string;
let server: Server;
let standIn: StripeStandIn;
let origin: string;
let received: Received[];
let webhookStatus: (attempt: number) => number;
let clockMs: number | undefined;
let stripe: Stripe;

async function listen(
  handler: (request: IncomingMessage, body: string) => number | Promise<number>,
): Promise<Server> {
  const made = createServer(async (request, response) => {
    if (request.url !== "/hook") {
      if (!(await standIn.handle(request, response))) response.writeHead(599).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.writeHead(await handler(request, Buffer.concat(chunks).toString())).end();
  });
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return made;
}

function open(options: Partial<StandInOptions> = {}): StripeStandIn {
  return createStripeStandIn({
    stateFile: join(folder, "stripe.json"),
    webhookUrl: `${origin}/hook`,
    webhookSecret: SECRET,
    publicUrl: origin,
    retryDelaysMs: [20],
    laterMs: 60_000,
    now: () => clockMs ?? Date.now(),
    ...options,
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "stand-in-"));
  received = [];
  webhookStatus = () => 200;
  clockMs = undefined;
  let attempts = 0;
  server = await listen((request, raw) => {
    attempts += 1;
    // The SDK's own check of the signature, on what really came over the wire.
    const event = stripe.webhooks.constructEvent(raw, String(request.headers["stripe-signature"]), SECRET);
    received.push({ event, raw });
    return webhookStatus(attempts);
  });
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  standIn = open();
  stripe = new Stripe("sk_test_standin", {
    host: "127.0.0.1",
    port,
    protocol: "http",
    maxNetworkRetries: 0,
    telemetry: false,
  });
});

afterEach(async () => {
  await standIn.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const order = (extra: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  ({
    mode: "payment",
    client_reference_id: "pur_1",
    success_url: "http://localhost:3000/credits?session_id={CHECKOUT_SESSION_ID}",
    cancel_url: "http://localhost:3000/credits?cancelled=1",
    metadata: { "a b": "é & =" },
    line_items: [
      { quantity: 1, price_data: { currency: "usd", unit_amount: 2000, product_data: { name: "Pack" } } },
    ],
    payment_intent_data: { description: "Pack", metadata: { purchase: "pur_1" } },
    ...extra,
  }) satisfies Stripe.Checkout.SessionCreateParams;

/** What a browser does with the page's form. */
async function pay(session: Stripe.Checkout.Session, method = "card"): Promise<Response> {
  return fetch(String(session.url), {
    method: "POST",
    body: new URLSearchParams({ email: "a@example.com", method }),
    redirect: "manual",
  });
}

async function failure(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error("was not refused");
}

async function until(check: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !check(); tries++) await new Promise((r) => setTimeout(r, 10));
  expect(check()).toBe(true);
}

const types = () => received.map(({ event }) => event.type);

describe("a checkout", () => {
  it("is paid on its page, reaches the shop by redirect and by signed events, and reads back in full", async () => {
    const customer = await stripe.customers.create({ email: "a@example.com", name: "A" });
    const made = await stripe.checkout.sessions.create(order({ customer: customer.id }));
    expect(made).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      amount_subtotal: 2000,
      amount_total: 2000,
      currency: "usd",
      payment_intent: null,
      metadata: { "a b": "é & =" },
    });
    const page = await fetch(String(made.url));
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("content-security-policy")).toContain("form-action 'self' http://localhost:3000");
    const text = await page.text();
    expect(text).toContain("$20.00");
    expect(text).not.toContain("<script");

    const answer = await pay(made);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`http://localhost:3000/credits?session_id=${made.id}`);

    const session = await stripe.checkout.sessions.retrieve(made.id, {
      expand: ["payment_intent.latest_charge", "line_items", "customer"],
    });
    const intent = session.payment_intent as Stripe.PaymentIntent;
    const charge = intent.latest_charge as Stripe.Charge;
    expect(session).toMatchObject({ status: "complete", payment_status: "paid", url: null });
    expect((session.customer as Stripe.Customer).email).toBe("a@example.com");
    expect(session.line_items?.data[0]?.price?.unit_amount_decimal?.toString()).toBe("2000");
    expect(intent).toMatchObject({
      status: "succeeded",
      amount_received: 2000,
      metadata: { purchase: "pur_1" },
    });
    expect(charge).toMatchObject({ paid: true, amount: 2000, status: "succeeded" });
    const receipt = await fetch(String(charge.receipt_url));
    expect(receipt.status).toBe(200);
    expect(await receipt.text()).toContain(charge.id);

    await until(() => types().includes("checkout.session.completed"));
    const { event } = received.find((one) => one.event.type === "checkout.session.completed") as Received;
    expect(event).toMatchObject({
      object: "event",
      api_version: Stripe.API_VERSION,
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: { object: { id: made.id, payment_status: "paid", client_reference_id: "pur_1" } },
    });
    expect(event.id).toMatch(/^evt_/);
    expect((await stripe.events.retrieve(event.id)).pending_webhooks).toBe(0);
    expect((await pay(made)).headers.get("location")).toContain(made.id);
    expect(types().filter((type) => type === "checkout.session.completed")).toHaveLength(1);
  });

  it("keeps the page open after a decline", async () => {
    const made = await stripe.checkout.sessions.create(order());
    const declined = await pay(made, "card_declined");
    expect(declined.status).toBe(402);
    expect(await declined.text()).toContain("Your card was declined. Nothing was charged.");
    const session = await stripe.checkout.sessions.retrieve(made.id, { expand: ["payment_intent"] });
    expect(session).toMatchObject({ status: "open", payment_status: "unpaid" });
    expect((session.payment_intent as Stripe.PaymentIntent).last_payment_error?.code).toBe("card_declined");
    expect((await pay(made)).status).toBe(303);
    const charges = await stripe.charges.list({
      payment_intent: (session.payment_intent as Stripe.PaymentIntent).id,
    });
    expect(charges.data.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
  });

  it("completes unpaid with a bank debit, which then succeeds or fails by itself", async () => {
    const good = await stripe.checkout.sessions.create(order());
    const bad = await stripe.checkout.sessions.create(order());
    await pay(good, "debit");
    await pay(bad, "debit_failing");
    expect(await stripe.checkout.sessions.retrieve(good.id)).toMatchObject({
      status: "complete",
      payment_status: "unpaid",
    });
    clockMs = Date.now() + 60_001;
    expect((await stripe.checkout.sessions.retrieve(good.id)).payment_status).toBe("paid");
    await until(() => types().includes("checkout.session.async_payment_succeeded"));
    await until(() => types().includes("checkout.session.async_payment_failed"));
    expect((await stripe.checkout.sessions.retrieve(good.id)).payment_status).toBe("paid");
    const failed = await stripe.checkout.sessions.retrieve(bad.id, { expand: ["payment_intent"] });
    expect(failed.payment_status).toBe("unpaid");
    expect((failed.payment_intent as Stripe.PaymentIntent).status).toBe("requires_payment_method");
  });

  it("expires when asked and by time, and can then no longer be paid", async () => {
    const asked = await stripe.checkout.sessions.create(order());
    expect((await stripe.checkout.sessions.expire(asked.id)).status).toBe("expired");
    expect((await failure(stripe.checkout.sessions.expire(asked.id))).statusCode).toBe(400);
    expect((await fetch(`${origin}/sandbox/pay/${asked.id}`)).status).toBe(410);

    const timed = await stripe.checkout.sessions.create(order());
    clockMs = Date.now() + 25 * 60 * 60 * 1000;
    expect((await pay(timed)).status).toBe(410);
    await until(() => types().filter((type) => type === "checkout.session.expired").length === 2);
  });

  it("makes an invoice when asked to, and takes a price by its id", async () => {
    const product = await stripe.products.create({ name: "Pack 20" });
    const price = await stripe.prices.create({ currency: "usd", unit_amount: 2000, product: product.id });
    const made = await stripe.checkout.sessions.create(
      order({ line_items: [{ price: price.id, quantity: 2 }], invoice_creation: { enabled: true } }),
    );
    expect(made.amount_total).toBe(4000);
    await pay(made);
    const session = await stripe.checkout.sessions.retrieve(made.id, { expand: ["invoice"] });
    const invoice = session.invoice as Stripe.Invoice;
    expect(invoice).toMatchObject({ status: "paid", amount_paid: 4000 });
    expect((await fetch(String(invoice.hosted_invoice_url))).status).toBe(200);
    await stripe.prices.update(price.id, { active: false });
    const refused = await failure(
      stripe.checkout.sessions.create(order({ line_items: [{ price: price.id, quantity: 1 }] })),
    );
    expect(refused.param).toBe("line_items[0][price]");
  });
});

describe("idempotency", () => {
  it("replays the first answer and refuses the same key for anything else", async () => {
    const options = { idempotencyKey: "purchase:1" };
    const first = await stripe.checkout.sessions.create(order(), options);
    const again = await stripe.checkout.sessions.create(order(), options);
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();

    const other = await failure(stripe.checkout.sessions.create(order({ locale: "de" }), options));
    expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(other.message).toContain("same parameters they were first used with");
    const elsewhere = await failure(stripe.customers.create({}, options));
    expect(elsewhere).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(elsewhere.message).toContain("('/v1/checkout/sessions' vs '/v1/customers')");
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
  });

  it("makes one object of 20 requests at once, and forgets after a day", async () => {
    const make = () => stripe.customers.create({ email: "b@example.com" }, { idempotencyKey: "once" });
    const ids = new Set((await Promise.all(Array.from({ length: 20 }, make))).map(({ id }) => id));
    expect(ids.size).toBe(1);
    clockMs = Date.now() + 24 * 60 * 60 * 1000 + 1;
    expect(ids.has((await make()).id)).toBe(false);
  });

  it("keeps no refusal under the key, as Stripe does not either", async () => {
    const options = { idempotencyKey: "fixed later" };
    const refused = await failure(stripe.checkout.sessions.create(order({ customer: "cus_gone" }), options));
    expect(refused).toMatchObject({ statusCode: 400, code: "resource_missing", param: "customer" });
    expect((await stripe.checkout.sessions.create(order(), options)).status).toBe("open");
  });
});

describe("what is wrong", () => {
  it("is an error to the SDK, with Stripe's status, type, code and a request id", async () => {
    const cases: [() => Promise<unknown>, object][] = [
      [() => stripe.balance.retrieve(), { statusCode: 404, rawType: "invalid_request_error" }],
      [() => stripe.subscriptions.create({ customer: "cus_1" }), { statusCode: 404 }],
      [() => stripe.checkout.sessions.retrieve("cs_test_no"), { statusCode: 404, code: "resource_missing" }],
      [() => stripe.customers.retrieve("__proto__"), { statusCode: 404, code: "resource_missing" }],
      [() => stripe.customers.retrieve("constructor"), { statusCode: 404, code: "resource_missing" }],
      [
        () => stripe.checkout.sessions.create(order({ mode: "subscription" })),
        { statusCode: 400, param: "mode" },
      ],
      [
        () => stripe.checkout.sessions.create(order({ discounts: [{ coupon: "x" }] })),
        { statusCode: 400, code: "parameter_unknown", param: "discounts" },
      ],
      [
        () => stripe.checkout.sessions.create({ mode: "payment", success_url: "https://example.com" }),
        { statusCode: 400, code: "parameter_missing", param: "line_items" },
      ],
      [
        () => stripe.checkout.sessions.create(order({ success_url: "javascript:alert(1)" })),
        { statusCode: 400, code: "url_invalid" },
      ],
      [
        () => stripe.checkout.sessions.create(order({ expires_at: 1 })),
        { statusCode: 400, param: "expires_at" },
      ],
      [
        () => stripe.prices.create({ currency: "usd", unit_amount: 1.5, product_data: { name: "x" } }),
        { statusCode: 400, code: "parameter_invalid_integer", param: "unit_amount" },
      ],
      [
        () => stripe.prices.create({ currency: "usd", unit_amount: -1, product_data: { name: "x" } }),
        { statusCode: 400, param: "unit_amount" },
      ],
      [() => stripe.customers.list({ limit: 101 }), { statusCode: 400, param: "limit" }],
      [
        () => stripe.customers.create({ email: "a@example.com", expand: ["nothing"] }),
        { statusCode: 400, param: "expand" },
      ],
      [
        () => stripe.refunds.create({ payment_intent: "pi_no" }),
        { statusCode: 400, code: "resource_missing" },
      ],
    ];
    for (const [work, expected] of cases) {
      const error = await failure(work());
      expect(error).toMatchObject(expected);
      expect(error.requestId).toMatch(/^req_/);
    }
  });

  it("takes test keys only", async () => {
    const live = new Stripe("sk_live_x", {
      host: "127.0.0.1",
      port: Number(new URL(origin).port),
      protocol: "http",
    });
    expect(await failure(live.customers.list())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    const bare = await fetch(`${origin}/v1/customers`);
    expect(bare.status).toBe(401);
    const basic = await fetch(`${origin}/v1/customers`, {
      headers: { authorization: `Basic ${Buffer.from("sk_test_x:").toString("base64")}` },
    });
    expect(basic.status).toBe(200);
  });

  it("answers a malformed body, and one beyond 1 MB", async () => {
    const send = (body: string) =>
      fetch(`${origin}/v1/customers`, {
        method: "POST",
        headers: { authorization: "Bearer sk_test_x" },
        body,
      });
    expect((await send("a[b=1")).status).toBe(400);
    expect((await send("__proto__[x]=1")).status).toBe(400);
    expect((await send("email=a@b.c&email[x]=1")).status).toBe(400);
    expect((await send(`name=${"x".repeat(1_100_000)}`)).status).toBe(413);
  });
});

describe("lists", () => {
  it("page both ways, filter by time, and iterate", async () => {
    for (let n = 0; n < 5; n++) await stripe.customers.create({ name: `c${n}` });
    const first = await stripe.customers.list({ limit: 2 });
    expect(first.data.map(({ name }) => name)).toEqual(["c4", "c3"]);
    expect(first.has_more).toBe(true);
    const second = await stripe.customers.list({ limit: 2, starting_after: first.data[1]?.id ?? "" });
    expect(second.data.map(({ name }) => name)).toEqual(["c2", "c1"]);
    const back = await stripe.customers.list({ limit: 2, ending_before: second.data[0]?.id ?? "" });
    expect(back.data.map(({ name }) => name)).toEqual(["c4", "c3"]);
    const all: string[] = [];
    for await (const customer of stripe.customers.list({ limit: 2 })) all.push(String(customer.name));
    expect(all).toEqual(["c4", "c3", "c2", "c1", "c0"]);
    expect((await stripe.customers.list({ created: { gt: 4_000_000_000 } })).data).toHaveLength(0);
  });
});

describe("refunds", () => {
  it("come in parts up to what was paid", async () => {
    const made = await stripe.checkout.sessions.create(order());
    await pay(made);
    const { payment_intent } = await stripe.checkout.sessions.retrieve(made.id);
    const intent = String(payment_intent);
    const part = await stripe.refunds.create({ payment_intent: intent, amount: 500, expand: ["charge"] });
    expect((part.charge as Stripe.Charge).amount_refunded).toBe(500);
    expect((await failure(stripe.refunds.create({ payment_intent: intent, amount: 1501 }))).param).toBe(
      "amount",
    );
    const rest = await stripe.refunds.create({ payment_intent: intent, expand: ["charge.refunds"] });
    expect(rest.amount).toBe(1500);
    expect((rest.charge as Stripe.Charge).refunds?.data).toHaveLength(2);
    expect((await failure(stripe.refunds.create({ payment_intent: intent }))).code).toBe(
      "charge_already_refunded",
    );
    await until(() => types().filter((type) => type === "charge.refunded").length === 2);
  });
});

describe("deliveries", () => {
  it("are repeated until the webhook takes them, and listed as undelivered until then", async () => {
    webhookStatus = (attempt) => (attempt < 4 ? 500 : 200);
    await stripe.customers.create({ email: "a@example.com" });
    await until(() => received.length >= 4);
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(1);
    await until(() => Object.values(standIn.context.state.deliveries).every(({ delivered }) => delivered));
    expect((await stripe.events.list({ delivery_success: false })).data).toHaveLength(0);
  });

  it("go only to the types subscribed to, while every event stays listed", async () => {
    await standIn.close();
    standIn = open({ webhookEvents: ["checkout.session.completed"] });
    const made = await stripe.checkout.sessions.create(order());
    await pay(made);
    await until(() => received.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(types()).toEqual(["checkout.session.completed"]);
    const listed = await stripe.events.list({ type: "payment_intent.*" });
    expect(listed.data.map(({ type }) => type)).toEqual([
      "payment_intent.succeeded",
      "payment_intent.created",
    ]);
  });

  it("survive a restart, with the rest of the state", async () => {
    webhookStatus = () => 503;
    const options = { idempotencyKey: "kept" };
    const made = await stripe.checkout.sessions.create(order(), options);
    await pay(made, "debit");
    await until(() => received.length > 0);
    await standIn.close();
    expect(JSON.parse(await readFile(join(folder, "stripe.json"), "utf8")).version).toBe(1);
    received.length = 0;
    webhookStatus = () => 200;
    clockMs = Date.now() + 60_001;
    standIn = open();
    expect((await stripe.checkout.sessions.create(order(), options)).id).toBe(made.id);
    await until(() => types().includes("checkout.session.completed"));
    await until(() => types().includes("checkout.session.async_payment_succeeded"));
    expect((await stripe.checkout.sessions.retrieve(made.id)).payment_status).toBe("paid");
  });

  it("refuse to be signed with a blank secret", () => {
    expect(() => open({ webhookSecret: " " })).toThrow(/webhook secret/);
  });
});
