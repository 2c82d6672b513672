import fc from "fast-check";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { balanceOf, booked, deliver, openShop, type Shop } from "@/e2e/billing/shop";
import { scale } from "@/e2e/harness/scale";
import type { Ctx, UserActor } from "@/lib/actor";
import { seedPacks } from "@/lib/billing/seed-packs";
import { startPurchase } from "@/lib/billing/start-purchase";
import { closeDb, db } from "@/lib/db";
import { grantCredits } from "@/lib/ledger/grant-credits";
import { NANO_PER_USD } from "@/lib/money";
import { failRefund, moveDispute, openDispute } from "@/lib/sandbox/stripe/open-dispute";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await seedPacks();
});
afterAll(async () => {
  await shop.close();
  await closeDb();
});

const CREDIT = 21n * NANO_PER_USD;

/** Somebody who paid $20 for a pack of $21 by bank debit, which has just succeeded; no event has been delivered. */
async function paidByDebit() {
  const ctx = await shop.newBuyer();
  const { purchaseId, url } = await startPurchase(ctx, { packId: "pack_20" });
  const { checkoutSessionId } = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
  await shop.pay(url, "debit");
  const completed = await shop.eventOf("checkout.session.completed", checkoutSessionId ?? "");
  shop.settleDebits();
  const succeeded = await shop.eventOf("checkout.session.async_payment_succeeded", checkoutSessionId ?? "");
  const session = await shop.stripe.checkout.sessions.retrieve(checkoutSessionId ?? "");
  const paymentIntent = String(session.payment_intent);
  const { data } = await shop.stripe.charges.list({ payment_intent: paymentIntent });
  const [listed] = data;
  const charge = shop.standIn.context.state.charges[listed?.id ?? ""];
  if (!charge) throw new Error("no charge");
  return { ctx, purchaseId, paymentIntent, charge, events: [completed, succeeded] };
}

/** Events of one object since the last time anybody looked. */
async function newEvents(seen: Set<string>, of: (object: Record<string, unknown>) => boolean) {
  const { data } = await shop.stripe.events.list({ limit: 100 });
  const found = data.filter(
    (event) => !seen.has(event.id) && of(event.data.object as unknown as Record<string, unknown>),
  );
  for (const { id } of found) seen.add(id);
  return found.reverse();
}

async function stateOf(ctx: Ctx<UserActor>, purchaseId: string) {
  const balance = await balanceOf(ctx);
  const wallet = await db().wallet.findUniqueOrThrow({ where: { workspaceId: ctx.workspaceId } });
  const order = await db().purchase.findUniqueOrThrow({
    where: { id: purchaseId },
    include: { reversals: { orderBy: [{ kind: "asc" }, { amountMinor: "asc" }] } },
  });
  return {
    balance,
    debt: wallet.debtNano,
    frozen: wallet.frozenReason,
    status: order.status,
    refundedMinor: order.refundedMinor,
    reversals: order.reversals.map(({ kind, amountMinor, status, stands }) => ({
      kind,
      amountMinor,
      status,
      stands,
    })),
  };
}

describe("a payment with two partial refunds and a dispute", () => {
  it("ends in the same ledger, whatever the order, the delay and the number of its events", async () => {
    const plan = fc.record({
      verdict: fc.constantFrom("won" as const, "lost" as const),
      /** Which events come at once, as they happen; the rest comes at the end, in this order. */
      prompt: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
      order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
      twice: fc.integer({ min: 0, max: 7 }),
    });
    const ends = new Map<string, unknown>();
    await fc.assert(
      fc.asyncProperty(plan, async ({ verdict, prompt, order, twice }) => {
        const { ctx, purchaseId, paymentIntent, charge, events } = await paidByDebit();
        const { context } = shop.standIn;
        const seen = new Set<string>();
        const ours = (object: Record<string, unknown>) => object.payment_intent === paymentIntent;
        const late: Stripe.Event[] = [];
        let count = 0;
        const arrive = async (happened: Stripe.Event[]) => {
          for (const event of happened) {
            if (prompt[count++]) expect(await deliver(event)).toBe(200);
            else late.push(event);
          }
        };
        await newEvents(seen, ours);
        await arrive(events);
        for (const amount of [500, 300]) {
          await shop.stripe.refunds.create({ payment_intent: paymentIntent, amount });
          const happened = await newEvents(seen, ours);
          await arrive(happened.filter(({ type }) => type === "charge.refunded"));
        }
        const dispute = openDispute(context, charge);
        await arrive(await newEvents(seen, ours));
        moveDispute(context, dispute, verdict);
        await arrive(await newEvents(seen, ours));
        const again = late[twice % Math.max(1, late.length)];
        const rank = (event: Stripe.Event) => order[late.indexOf(event)] ?? 0;
        for (const event of [...late].sort((a, b) => rank(a) - rank(b))) {
          expect(await deliver(event)).toBe(200);
        }
        if (again) expect(await deliver(again)).toBe(200);

        const end = await stateOf(ctx, purchaseId);
        if (!ends.has(verdict)) ends.set(verdict, end);
        expect(end).toEqual(ends.get(verdict));
      }),
      { numRuns: scale(30, 200) },
    );
    // $8 of $20 given back takes 8/20 of $20 and of the $1 bonus; the rest is back, or lost with the dispute.
    expect(ends.get("won")).toMatchObject({
      balance: (CREDIT * 12n) / 20n,
      debt: 0n,
      frozen: null,
      refundedMinor: 800n,
    });
    expect(ends.get("lost")).toMatchObject({ balance: 0n, debt: 0n, frozen: "dispute", refundedMinor: 800n });
  }, 300_000);
});

describe("a refund", () => {
  async function paid() {
    const order = await paidByDebit();
    for (const event of order.events) expect(await deliver(event)).toBe(200);
    const seen = new Set<string>();
    const ours = (object: Record<string, unknown>) => object.payment_intent === order.paymentIntent;
    await newEvents(seen, ours);
    const all = async () => {
      for (const event of await newEvents(seen, ours)) expect(await deliver(event)).toBe(200);
    };
    return { ...order, all };
  }

  it("of spent credit becomes a debt, which new credit pays first", async () => {
    const { ctx, purchaseId, paymentIntent, all } = await paid();
    await db()
      .$executeRaw`UPDATE lots SET left_nano = 0, exhausted_at = now() WHERE purchase_id = ${purchaseId}`;
    // Spent, as far as the wallet goes: what the test took from the lots goes to revenue.
    await db().$executeRaw`
      SELECT ledger.post('calls', NULL, ${ctx.workspaceId}, ${-CREDIT}, 0, 0, 'test', NULL, NULL,
        ARRAY[(SELECT wallet_account_id FROM wallets WHERE workspace_id = ${ctx.workspaceId}), 2]::bigint[],
        ARRAY[${-CREDIT}, ${CREDIT}]::bigint[])`;
    await db().$executeRaw`UPDATE wallets SET balance_nano = 0 WHERE workspace_id = ${ctx.workspaceId}`;
    await shop.stripe.refunds.create({ payment_intent: paymentIntent });
    await all();
    expect(await stateOf(ctx, purchaseId)).toMatchObject({ balance: 0n, debt: CREDIT, refundedMinor: 2000n });
    await db().$transaction((tx) =>
      grantCredits(tx, {
        workspaceId: ctx.workspaceId,
        amountNano: 30n * NANO_PER_USD,
        promotional: false,
        source: "gift",
        key: `gift:${purchaseId}`,
        actor: "cli",
        from: "promotions",
      }),
    );
    expect(await stateOf(ctx, purchaseId)).toMatchObject({ balance: 9n * NANO_PER_USD, debt: 0n });
  });

  it("that fails later gives the credit back, once", async () => {
    const { ctx, purchaseId, paymentIntent, all } = await paid();
    const { id } = await shop.stripe.refunds.create({ payment_intent: paymentIntent, amount: 1000 });
    await all();
    expect(await balanceOf(ctx)).toBe(CREDIT / 2n);
    const refund = shop.standIn.context.state.refunds[id];
    if (refund) failRefund(shop.standIn.context, refund);
    await all();
    expect(await stateOf(ctx, purchaseId)).toMatchObject({
      balance: CREDIT,
      refundedMinor: 0n,
      reversals: [{ kind: "refund", status: "failed", stands: false }],
    });
    expect((await booked(ctx)).filter((line) => line.includes(id)).map((line) => line.split(" ")[0])).toEqual(
      expect.arrayContaining(["refund", "refund_failed"]),
    );
  });

  it("is known to the ledger by its own id, one fact each", async () => {
    const { ctx, paymentIntent, all } = await paid();
    const one = await shop.stripe.refunds.create({ payment_intent: paymentIntent, amount: 100 });
    const two = await shop.stripe.refunds.create({ payment_intent: paymentIntent, amount: 200 });
    await all();
    const lines = await booked(ctx);
    for (const { id } of [one, two]) {
      // One line for the credit, one for its bonus.
      expect(lines.filter((line) => line.startsWith(`refund refund:${id}:`))).toHaveLength(2);
    }
  });
});

describe("a dispute", () => {
  async function disputed(status?: Stripe.Dispute["status"]) {
    const order = await paidByDebit();
    for (const event of order.events) await deliver(event);
    const { context } = shop.standIn;
    const dispute = openDispute(context, order.charge, status ? { status } : {});
    const ours = (object: Record<string, unknown>) => object.id === dispute.id;
    const seen = new Set<string>();
    const all = async () => {
      for (const event of await newEvents(seen, ours)) expect(await deliver(event)).toBe(200);
    };
    await all();
    return { ...order, dispute, all, context };
  }

  it("freezes at once; a status that we do not know stays open; won brings everything back", async () => {
    const { ctx, purchaseId, dispute, all, context } = await disputed();
    expect(await stateOf(ctx, purchaseId)).toMatchObject({ balance: 0n, frozen: "dispute" });
    moveDispute(context, dispute, "appeal_under_review" as Stripe.Dispute["status"]);
    await all();
    expect(await stateOf(ctx, purchaseId)).toMatchObject({ balance: 0n, frozen: "dispute" });
    moveDispute(context, dispute, "won");
    await all();
    expect(await stateOf(ctx, purchaseId)).toMatchObject({ balance: CREDIT, frozen: null });
  });

  it("that is only asked about freezes and takes nothing, and ends with the question", async () => {
    const { ctx, purchaseId, dispute, all, context } = await disputed("warning_needs_response");
    expect(await stateOf(ctx, purchaseId)).toMatchObject({ balance: CREDIT, frozen: "dispute" });
    moveDispute(context, dispute, "warning_closed");
    await all();
    expect(await stateOf(ctx, purchaseId)).toMatchObject({ balance: CREDIT, frozen: null });
  });

  it("leaves a freeze of the operator's alone", async () => {
    const { ctx, purchaseId, dispute, all, context } = await disputed();
    await db().wallet.update({ where: { workspaceId: ctx.workspaceId }, data: { frozenReason: "operator" } });
    moveDispute(context, dispute, "won");
    await all();
    expect(await stateOf(ctx, purchaseId)).toMatchObject({ balance: CREDIT, frozen: "operator" });
  });
});
