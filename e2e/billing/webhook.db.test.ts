import pg from "pg";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { balanceOf, booked, deliver, openShop, type Shop, webhookRequest } from "@/e2e/billing/shop";
import { receiveWebhook } from "@/lib/billing/receive-webhook";
import { seedPacks } from "@/lib/billing/seed-packs";
import { startPurchase } from "@/lib/billing/start-purchase";
import { closeDb, db } from "@/lib/db";
import { env, forgetEnv } from "@/lib/env";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await seedPacks();
});
afterAll(async () => {
  await shop.close();
  await closeDb();
});

/** A paid order whose event has not arrived yet. */
async function paidOrder() {
  const ctx = await shop.newBuyer();
  const { purchaseId, url } = await startPurchase(ctx, { packId: "pack_20" });
  await shop.pay(url);
  return { ctx, purchaseId, event: await shop.eventOf("checkout.session.completed") };
}

async function rows(): Promise<number> {
  return (
    (await db().webhookEvent.count()) +
    (await db().ledgerTransaction.count()) +
    (await db().purchase.count({ where: { status: { not: "pending" } } }))
  );
}

describe("what Stripe did not sign for us is refused and leaves nothing", () => {
  const now = () => Math.floor(Date.now() / 1000);
  const cases: [string, (payload: string) => Request, number][] = [
    [
      "a changed body",
      (payload) => webhookRequest(payload, { body: payload.replace('"livemode"', '"Livemode"') }),
      400,
    ],
    ["one byte more", (payload) => webhookRequest(payload, { body: `${payload} ` }), 400],
    ["an old timestamp", (payload) => webhookRequest(payload, { timestamp: now() - 301 }), 400],
    ["a wrong secret", (payload) => webhookRequest(payload, { secret: "whsec_wrong" }), 400],
    ["a blank secret", (payload) => webhookRequest(payload, { secret: " " }), 400],
    ["no header", (payload) => webhookRequest(payload, { header: null }), 400],
    ["an empty header", (payload) => webhookRequest(payload, { header: "" }), 400],
    ["a header of another scheme", (payload) => webhookRequest(payload, { header: "t=1,v0=abc" }), 400],
    ["garbage in the header", (payload) => webhookRequest(payload, { header: "x".repeat(10_000) }), 400],
    ["an empty body", () => webhookRequest("", { header: "t=1,v1=a" }), 400],
    ["signed text that is not JSON", () => webhookRequest("not json"), 400],
    [
      "a body announced as more than 1 MB",
      (payload) => webhookRequest(payload, { body: "x".repeat(1024 * 1024 + 1) }),
      413,
    ],
  ];
  for (const [what, request, status] of cases) {
    it(what, async () => {
      const { ctx, event } = await paidOrder();
      const before = await rows();
      const response = await receiveWebhook(request(JSON.stringify(event)));
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ error: { request_id: expect.stringMatching(/^req_/) } });
      expect(await rows()).toBe(before);
      expect(await balanceOf(ctx)).toBe(0n);
    });
  }

  it("a body that turns out larger than 1 MB is not read to its end", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const before = await rows();
    expect((await receiveWebhook(webhookRequest("x", { body: endless }))).status).toBe(413);
    expect(sent).toBeLessThan(1_400_000);
    expect(await rows()).toBe(before);
  });

  it("anything at all while our own secret is missing or blank, even if signed with that", async () => {
    const { event } = await paidOrder();
    const before = await rows();
    const good = env().STRIPE_WEBHOOK_SECRET;
    for (const blank of [undefined, "", "   "]) {
      if (blank === undefined) delete process.env.STRIPE_WEBHOOK_SECRET;
      else process.env.STRIPE_WEBHOOK_SECRET = blank;
      forgetEnv();
      for (const secret of ["", " ", "   ", "undefined", good ?? ""]) {
        expect((await receiveWebhook(webhookRequest(JSON.stringify(event), { secret }))).status).toBe(400);
      }
    }
    process.env.STRIPE_WEBHOOK_SECRET = good;
    forgetEnv();
    expect(await rows()).toBe(before);
    expect(await deliver(event)).toBe(200);
  });

  it("an event of live mode, though well signed", async () => {
    const { ctx, event } = await paidOrder();
    const before = await rows();
    expect(await deliver({ ...event, livemode: true } as Stripe.Event)).toBe(400);
    expect(await rows()).toBe(before);
    expect(await balanceOf(ctx)).toBe(0n);
  });
});

describe("what Stripe signed", () => {
  it("is recorded as ignored when we do not know its type, once", async () => {
    const event = await shop.eventOf("payment_intent.succeeded");
    expect([await deliver(event), await deliver(event)]).toEqual([200, 200]);
    const unknown = { ...event, id: "evt_new_type", type: "comet.landed" } as unknown as Stripe.Event;
    expect(await deliver(unknown)).toBe(200);
    const found = await db().webhookEvent.findMany({ where: { id: { in: [event.id, "evt_new_type"] } } });
    expect(found.map(({ outcome }) => outcome)).toEqual(["ignored", "ignored"]);
  });

  it("fails with 500 and leaves nothing while the ledger cannot be written, and is credited by a later delivery", async () => {
    const { ctx, purchaseId, event } = await paidOrder();
    const before = await rows();
    const admin = new pg.Client({ connectionString: process.env.TOLLGATE_TEST_SUPER_URL });
    await admin.connect();
    await admin.query("ALTER TABLE ledger.entries RENAME TO entries_away");
    expect([await deliver(event), await deliver(event)]).toEqual([500, 500]);
    await admin.query("ALTER TABLE ledger.entries_away RENAME TO entries");
    expect(await rows()).toBe(before);
    expect(await deliver(event)).toBe(200);
    expect((await booked(ctx)).length).toBe(2);
    expect((await db().purchase.findUnique({ where: { id: purchaseId } }))?.status).toBe("paid");
    await admin.end();
  });

  it("fails with 500 when the connection is cut in mid-transaction, and is credited once by a later delivery", async () => {
    const { ctx, purchaseId, event } = await paidOrder();
    const admin = new pg.Client({ connectionString: process.env.TOLLGATE_TEST_SUPER_URL });
    await admin.connect();
    // The delivery waits for the order's row with its event already written, and dies there.
    await admin.query("BEGIN");
    await admin.query("SELECT 1 FROM purchases WHERE id = $1 FOR UPDATE", [purchaseId]);
    const delivery = deliver(event);
    for (;;) {
      const { rowCount } = await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()`,
      );
      if (rowCount) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await delivery).toBe(500);
    await admin.query("ROLLBACK");
    await admin.end();
    expect(await db().webhookEvent.count({ where: { id: event.id } })).toBe(0);
    expect(await balanceOf(ctx)).toBe(0n);
    expect([await deliver(event), await deliver(event)]).toEqual([200, 200]);
    expect((await booked(ctx)).length).toBe(2);
  });
});
