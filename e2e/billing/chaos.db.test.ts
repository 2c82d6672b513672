import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { balanceOf, newBuyer } from "@/e2e/billing/shop";
import { until } from "@/e2e/gateway/world";
import { scale } from "@/e2e/harness/scale";
import { receiveWebhook } from "@/lib/billing/receive-webhook";
import { reconcileOrders } from "@/lib/billing/reconcile/reconcile-orders";
import { reconcilePayments } from "@/lib/billing/reconcile/reconcile-payments";
import { seedPacks } from "@/lib/billing/seed-packs";
import { startPurchase } from "@/lib/billing/start-purchase";
import { forgetStripe } from "@/lib/billing/stripe";
import { closeDb, db } from "@/lib/db";
import { env, forgetEnv } from "@/lib/env";
import { NANO_PER_USD } from "@/lib/money";
import { createStripeStandIn, type StripeStandIn } from "@/lib/sandbox/stripe/create-stand-in";

let standIn: StripeStandIn;
let stripe: Stripe;
/** A seeded generator, so that a failure can be had again. */
let seed = 20_261_121;
const random = () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return seed / 4_294_967_296;
};

const server = createServer(async (request, response) => {
  if (request.url === "/webhook") {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await receiveWebhook(
      new Request("http://localhost/api/stripe/webhook", {
        method: "POST",
        body: Buffer.concat(chunks),
        headers: { "stripe-signature": String(request.headers["stripe-signature"]) },
      }),
    );
    response.writeHead(answer.status).end();
  } else if (!(await standIn.handle(request, response))) response.writeHead(404).end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  process.env.STRIPE_API_BASE = origin;
  forgetEnv();
  forgetStripe();
  standIn = createStripeStandIn({
    webhookUrl: `${origin}/webhook`,
    webhookSecret: env().STRIPE_WEBHOOK_SECRET ?? "",
    publicUrl: origin,
    retryDelaysMs: [20, 40, 80],
    laterMs: 50,
    chaos: { duplicates: 2, delayMs: 300, drop: 0.3, fail: 0.3, random },
  });
  stripe = new Stripe("sk_test_tests", { host: "127.0.0.1", port, protocol: "http" });
  await seedPacks();
});
afterAll(async () => {
  await standIn.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await closeDb();
});

it("events that come twice, late, out of order, or never lead to the same money", async () => {
  const buyers = await Promise.all(
    Array.from({ length: scale(12, 100) }, async (_, index) => {
      const ctx = await newBuyer();
      const { purchaseId, url } = await startPurchase(ctx, { packId: "pack_20" });
      const method = index % 3 === 0 ? "debit" : "card";
      await fetch(url, {
        method: "POST",
        body: new URLSearchParams({ email: "buyer@example.com", method }),
        redirect: "manual",
      });
      return { ctx, purchaseId, refunded: index % 4 === 1 };
    }),
  );
  const { deliveries, sessions } = standIn.context.state;
  await until(() => Object.values(sessions).every(({ later }) => later === null), 20_000);
  for (const { purchaseId, refunded } of buyers) {
    if (!refunded) continue;
    const { checkoutSessionId } = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
    const session = await stripe.checkout.sessions.retrieve(checkoutSessionId ?? "");
    await stripe.refunds.create({ payment_intent: String(session.payment_intent), amount: 1000 });
  }
  await until(() => Object.values(deliveries).every(({ nextAttemptMs }) => nextAttemptMs === null), 30_000);
  // What was dropped is found by asking, as the worker does.
  await db().$executeRaw`UPDATE purchases SET created_at = created_at - interval '2 minutes'`;
  await reconcileOrders();
  await reconcilePayments(new Date(Date.now() - 3_600_000));
  for (const { ctx, refunded } of buyers) {
    const whole = 21n * NANO_PER_USD;
    expect(await balanceOf(ctx)).toBe(refunded ? whole / 2n : whole);
  }
  expect(await db().mismatch.count()).toBe(0);
}, 120_000);
