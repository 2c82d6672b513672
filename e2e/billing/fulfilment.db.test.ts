import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { balanceOf, booked, deliver, openShop, type Shop } from "@/e2e/billing/shop";
import type { Ctx, UserActor } from "@/lib/actor";
import { finishPurchase } from "@/lib/billing/finish-purchase";
import { fulfilCheckout } from "@/lib/billing/fulfil-checkout";
import { getPurchase } from "@/lib/billing/get-purchase";
import { listPacks } from "@/lib/billing/list-packs";
import type { Checkout } from "@/lib/billing/read-checkout";
import { retrieveCheckout } from "@/lib/billing/retrieve-checkout";
import { seedPacks } from "@/lib/billing/seed-packs";
import { startPurchase } from "@/lib/billing/start-purchase";
import { closeDb, db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { NANO_PER_USD } from "@/lib/money";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await seedPacks();
  await seedPacks();
});
afterAll(async () => {
  await shop.close();
  await closeDb();
});

const CREDITED = [
  `grant:purchase stripe:pi_ ${20n * NANO_PER_USD}`,
  `grant:bonus stripe:pi_:bonus ${NANO_PER_USD}`,
];
const CREDIT = 21n * NANO_PER_USD;

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${error.message}` : (error as Error).name;
  }
  return "not refused";
}

async function order(ctx: Ctx<UserActor>, packId = "pack_20") {
  const { purchaseId, url } = await startPurchase(ctx, { packId });
  const row = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
  return { purchaseId, url, sessionId: row.checkoutSessionId ?? "" };
}

const statusOf = async (ctx: Ctx, id: string) => (await getPurchase(ctx, { id }))?.status;

describe("placing an order", () => {
  it("writes the row with the pack's terms, then opens a page with them", async () => {
    const ctx = await shop.newBuyer();
    expect((await listPacks()).map(({ id }) => id)).toEqual(["pack_5", "pack_20", "pack_50", "pack_100"]);
    const { purchaseId, sessionId } = await order(ctx);
    const row = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
    expect(row).toMatchObject({
      status: "pending",
      priceMinor: 2000n,
      creditNano: 20n * NANO_PER_USD,
      bonusNano: NANO_PER_USD,
      livemode: false,
    });
    const session = await shop.stripe.checkout.sessions.retrieve(sessionId, { expand: ["customer"] });
    expect(session).toMatchObject({
      client_reference_id: purchaseId,
      amount_total: 2000,
      metadata: { tollgate_purchase: purchaseId, tollgate_workspace: ctx.workspaceId },
      customer: { email: ctx.actor.email },
    });
    expect(session.success_url).toMatch(/\/credits\?session_id=\{CHECKOUT_SESSION_ID\}$/);
    expect(await balanceOf(ctx)).toBe(0n);
  });

  it("is refused to people who are not verified, for packs that are not sold, and for anything but a pack", async () => {
    const ctx = await shop.newBuyer();
    expect(await refusal(startPurchase(await shop.newBuyer(false), { packId: "pack_5" }))).toBe(
      "not_verified notVerified",
    );
    expect(await refusal(startPurchase(ctx, { packId: "pack_9" }))).toBe("gone packGone");
    expect(await refusal(startPurchase(ctx, { packId: "pack\0" }))).toBe("gone packGone");
    for (const wrong of [
      {},
      { packId: "" },
      { packId: 5 },
      { packId: "pack_5", amount: 1 },
      { packId: "x".repeat(65) },
    ]) {
      expect(await refusal(startPurchase(ctx, wrong as { packId: string }))).toBe("ZodError");
    }
    expect(await db().purchase.count({ where: { workspaceId: ctx.workspaceId } })).toBe(0);
  });

  it("keeps one customer a workspace, also for two first orders at once, and replaces one that is gone", async () => {
    const ctx = await shop.newBuyer();
    await Promise.all([order(ctx), order(ctx)]);
    const first = await db().workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } });
    const ours = (await shop.stripe.customers.list({ email: ctx.actor.email })).data;
    expect(ours.map(({ id }) => id)).toEqual([first.stripeCustomerId]);

    await shop.stripe.customers.del(first.stripeCustomerId ?? "");
    await order(ctx);
    const second = await db().workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } });
    expect(second.stripeCustomerId).not.toBe(first.stripeCustomerId);
    await order({ ...ctx, actor: { ...ctx.actor, email: "moved@example.com" } });
    const moved = await shop.stripe.customers.retrieve(second.stripeCustomerId ?? "");
    expect(moved).toMatchObject({ email: "moved@example.com" });
  });

  it("opens no page whose price is not ours, and charges nothing", async () => {
    const ctx = await shop.newBuyer();
    const price = await shop.stripe.prices.create({
      currency: "usd",
      unit_amount: 1234,
      product_data: { name: "Stale" },
    });
    await db().pack.create({
      data: {
        id: "pack_stale",
        name: "Stale",
        priceMinor: 1000n,
        creditNano: 1n,
        stripePriceId: price.id,
        sort: 99,
      },
    });
    expect(await refusal(startPurchase(ctx, { packId: "pack_stale" }))).toBe(
      "unavailable paymentUnavailable",
    );
    const [row] = await db().purchase.findMany({ where: { workspaceId: ctx.workspaceId } });
    expect(row?.status).toBe("failed");
    expect((await shop.stripe.checkout.sessions.retrieve(row?.checkoutSessionId ?? "")).status).toBe(
      "expired",
    );
    await db().pack.update({ where: { id: "pack_stale" }, data: { priceMinor: 1234n } });
    expect((await order(ctx, "pack_stale")).url).toContain("/sandbox/pay/");
    await db().pack.update({ where: { id: "pack_stale" }, data: { active: false } });
  });

  it("stops after twenty open orders within the hour", async () => {
    const ctx = await shop.newBuyer();
    for (let n = 0; n < 20; n++) await order(ctx, "pack_5");
    expect(await refusal(startPurchase(ctx, { packId: "pack_5" }))).toBe("too_many tooManyOrders");
  });
});

describe("a paid order", () => {
  it("is credited once by 50 deliveries and visits at the same time", async () => {
    for (let round = 0; round < 3; round++) {
      const ctx = await shop.newBuyer();
      const { sessionId, url } = await order(ctx);
      await shop.pay(url);
      const event = await shop.eventOf("checkout.session.completed");
      const work = Array.from({ length: 50 }, (_, n) =>
        n % 2 === 0
          ? deliver({ ...event, id: n % 4 === 0 ? event.id : `${event.id}${n}` })
          : finishPurchase(ctx, { sessionId }).then(({ purchase, checked }) => {
              expect(checked).toBe(true);
              return purchase.status;
            }),
      );
      const results = await Promise.all(work);
      expect(new Set(results)).toEqual(new Set([200, "paid"]));
      expect(await booked(ctx)).toEqual(CREDITED);
      expect(await balanceOf(ctx)).toBe(CREDIT);
    }
  });

  it("is credited by the webhook alone, with its receipt and its actor", async () => {
    const ctx = await shop.newBuyer();
    const { purchaseId, url } = await order(ctx);
    await shop.pay(url);
    const event = await shop.eventOf("checkout.session.completed");
    expect(await deliver(event)).toBe(200);
    const row = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
    expect(row).toMatchObject({ status: "paid", paidMinor: 2000n, note: null });
    expect(row.receiptUrl).toContain("/sandbox/pay/receipts/ch_");
    const lots = await db().lot.findMany({ where: { purchaseId }, orderBy: { promotional: "asc" } });
    expect(lots.map(({ source, promotional }) => [source, promotional])).toEqual([
      ["purchase", false],
      ["bonus", true],
    ]);
    const transaction = await db().ledgerTransaction.findFirstOrThrow({
      where: { workspaceId: ctx.workspaceId, kind: "grant:purchase" },
    });
    expect(transaction).toMatchObject({ actor: `webhook:${event.id}`, purchaseId });
    expect(await db().webhookEvent.findUnique({ where: { id: event.id } })).toMatchObject({
      outcome: "credited",
      type: "checkout.session.completed",
      livemode: false,
    });
  });

  it("is credited by the visit alone, and the webhook that follows changes nothing", async () => {
    const ctx = await shop.newBuyer();
    const { sessionId, url } = await order(ctx);
    expect((await finishPurchase(ctx, { sessionId })).payUrl).toBe(url);
    await shop.pay(url);
    expect((await finishPurchase(ctx, { sessionId })).purchase.status).toBe("paid");
    const event = await shop.eventOf("checkout.session.completed");
    expect(await deliver(event)).toBe(200);
    expect(await deliver(event)).toBe(200);
    expect((await finishPurchase(ctx, { sessionId })).purchase.status).toBe("paid");
    expect(await booked(ctx)).toEqual(CREDITED);
    const row = await db().webhookEvent.findUnique({ where: { id: event.id } });
    expect(row?.outcome).toBe("already_credited");
  });

  it("is known to the ledger by its payment, even if the order's row were lost to an older state", async () => {
    const ctx = await shop.newBuyer();
    const { purchaseId, sessionId, url } = await order(ctx);
    await shop.pay(url);
    await finishPurchase(ctx, { sessionId });
    await db().purchase.update({
      where: { id: purchaseId },
      data: { status: "pending", paymentIntentId: null },
    });
    expect((await finishPurchase(ctx, { sessionId })).purchase.status).toBe("paid");
    expect(await booked(ctx)).toEqual(CREDITED);
    expect(await balanceOf(ctx)).toBe(CREDIT);
  });

  it("keeps its own terms when the pack is changed and withdrawn while the page is open", async () => {
    const ctx = await shop.newBuyer();
    await db().pack.create({
      data: { id: "pack_going", name: "Going", priceMinor: 700n, creditNano: 7n * NANO_PER_USD, sort: 50 },
    });
    const { sessionId, url } = await order(ctx, "pack_going");
    await db().pack.update({
      where: { id: "pack_going" },
      data: { active: false, priceMinor: 900n, creditNano: NANO_PER_USD, bonusNano: 5n },
    });
    await shop.pay(url);
    expect((await finishPurchase(ctx, { sessionId })).purchase.status).toBe("paid");
    expect(await balanceOf(ctx)).toBe(7n * NANO_PER_USD);
  });

  it("of another workspace answers as missing, like one that never was, and credits nobody", async () => {
    const [ctx, stranger] = [await shop.newBuyer(), await shop.newBuyer()];
    const { sessionId, url, purchaseId } = await order(ctx);
    await shop.pay(url);
    for (const id of [sessionId, "cs_test_missing", "", "../../v1/customers", "cs_'; DROP TABLE purchases"]) {
      expect(await refusal(finishPurchase(stranger, { sessionId: id }))).toBe("not_found notFound");
    }
    expect(await getPurchase(stranger, { id: purchaseId })).toBeNull();
    expect(await getPurchase(stranger, { id: "pur_\0" })).toBeNull();
    expect(await balanceOf(stranger)).toBe(0n);
    expect(await balanceOf(ctx)).toBe(0n);
  });
});

describe("a payment that comes later", () => {
  it("is not credited while unpaid, and once when the money is there, whatever the order of the events", async () => {
    for (const orderOfEvents of [
      ["completed", "async_payment_succeeded"],
      ["async_payment_succeeded", "completed"],
    ]) {
      const ctx = await shop.newBuyer();
      const { purchaseId, sessionId, url } = await order(ctx);
      await shop.pay(url, "debit");
      const early = await finishPurchase(ctx, { sessionId });
      expect(early.purchase.status).toBe("processing");
      expect(await booked(ctx)).toEqual([]);
      shop.settleDebits();
      await shop.eventOf("checkout.session.async_payment_succeeded", sessionId);
      for (const type of orderOfEvents) {
        const event = await shop.eventOf(`checkout.session.${type}`, sessionId);
        expect([await deliver(event), await deliver(event)]).toEqual([200, 200]);
      }
      expect(await statusOf(ctx, purchaseId)).toBe("paid");
      expect(await booked(ctx)).toEqual(CREDITED);
    }
  });

  it("fails without a trace in the ledger, and a late `completed` does not bring it back", async () => {
    const ctx = await shop.newBuyer();
    const { purchaseId, url } = await order(ctx);
    await shop.pay(url, "debit_failing");
    shop.settleDebits();
    const failed = await shop.eventOf("checkout.session.async_payment_failed");
    expect(await deliver(failed)).toBe(200);
    expect(await statusOf(ctx, purchaseId)).toBe("failed");
    expect(await deliver(await shop.eventOf("checkout.session.completed"))).toBe(200);
    expect(await statusOf(ctx, purchaseId)).toBe("failed");
    expect(await booked(ctx)).toEqual([]);
  });

  it("does not go back when an older answer of Stripe is applied after a newer one", async () => {
    const ctx = await shop.newBuyer();
    const { purchaseId, sessionId, url } = await order(ctx);
    const open = await retrieveCheckout(sessionId);
    await shop.pay(url, "debit");
    const processing = await retrieveCheckout(sessionId);
    const apply = (checkout: Checkout) => db().$transaction((tx) => fulfilCheckout(tx, checkout, "test"));
    expect(await apply({ ...processing, state: "failed" })).toBe("failed");
    for (const old of [open, processing]) await apply(old);
    expect(await statusOf(ctx, purchaseId)).toBe("failed");
    expect(await apply({ ...processing, state: "paid" })).toBe("credited");
    for (const old of [open, processing, { ...processing, state: "failed" as const }]) {
      expect(await apply(old)).toBe("already_credited");
    }
    expect(await statusOf(ctx, purchaseId)).toBe("paid");
    expect(await booked(ctx)).toEqual(CREDITED);
  });

  it("expires when nobody pays", async () => {
    const ctx = await shop.newBuyer();
    const { purchaseId, sessionId, url } = await order(ctx);
    await shop.pay(url, "card_declined");
    await shop.stripe.checkout.sessions.expire(sessionId);
    expect(await deliver(await shop.eventOf("checkout.session.expired"))).toBe(200);
    expect(await statusOf(ctx, purchaseId)).toBe("expired");
    expect(await booked(ctx)).toEqual([]);
  });
});

describe("a payment that is not what was ordered", () => {
  const cases = {
    amount: (session: { amount_subtotal: number | null }) => {
      session.amount_subtotal = 1999;
    },
    currency: (session: { currency: string | null }) => {
      session.currency = "eur";
    },
    mode: (session: { livemode: boolean }) => {
      session.livemode = true;
    },
    "no payment": (session: { payment_intent: unknown }) => {
      session.payment_intent = null;
    },
  };
  for (const [what, change] of Object.entries(cases)) {
    it(`is held and not credited: ${what}`, async () => {
      const ctx = await shop.newBuyer();
      const { purchaseId, sessionId, url } = await order(ctx);
      await shop.pay(url);
      const event = await shop.eventOf("checkout.session.completed");
      const record = shop.standIn.context.state.sessions[sessionId];
      if (!record) throw new Error("no session");
      change(record.session as never);
      expect(await deliver(event)).toBe(200);
      expect((await finishPurchase(ctx, { sessionId })).purchase.status).toBe("mismatch");
      expect(await booked(ctx)).toEqual([]);
      const row = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
      expect(row.note).toBeTruthy();
      expect((await db().webhookEvent.findUnique({ where: { id: event.id } }))?.outcome).toBe("mismatch");
    });
  }

  it("ignores a session that belongs to somebody else's shop, and takes the subtotal, not the total", async () => {
    const foreign = await shop.stripe.checkout.sessions.create({
      mode: "payment",
      success_url: "https://example.com",
      line_items: [
        { quantity: 1, price_data: { currency: "usd", unit_amount: 100, product_data: { name: "x" } } },
      ],
    });
    await shop.pay(foreign.url ?? "");
    const event = await shop.eventOf("checkout.session.completed");
    expect(await deliver(event)).toBe(200);
    expect((await db().webhookEvent.findUnique({ where: { id: event.id } }))?.outcome).toBe("not_ours");

    const ctx = await shop.newBuyer();
    const { purchaseId, sessionId, url } = await order(ctx);
    await shop.pay(url);
    const record = shop.standIn.context.state.sessions[sessionId];
    if (record) record.session.amount_total = 2380;
    await finishPurchase(ctx, { sessionId });
    expect(await db().purchase.findUnique({ where: { id: purchaseId } })).toMatchObject({
      status: "paid",
      paidMinor: 2380n,
    });
    expect(await balanceOf(ctx)).toBe(CREDIT);
  });
});

describe("when Stripe cannot be reached", () => {
  it("the visit says so and credits nothing, the webhook asks for another delivery", async () => {
    const ctx = await shop.newBuyer();
    const { sessionId, url } = await order(ctx);
    await shop.pay(url);
    const event = await shop.eventOf("checkout.session.completed");
    const record = shop.standIn.context.state.sessions[sessionId];
    if (!record) throw new Error("no session");
    delete shop.standIn.context.state.sessions[sessionId];
    expect(await finishPurchase(ctx, { sessionId })).toMatchObject({
      checked: false,
      purchase: { status: "pending" },
    });
    expect(await deliver(event)).toBe(500);
    expect(await db().webhookEvent.count({ where: { id: event.id } })).toBe(0);
    shop.standIn.context.state.sessions[sessionId] = record;
    expect(await deliver(event)).toBe(200);
    expect(await booked(ctx)).toEqual(CREDITED);
  });
});
