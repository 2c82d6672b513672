import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { balanceOf, openShop, type Shop } from "@/e2e/billing/shop";
import { reconcileOrders } from "@/lib/billing/reconcile/reconcile-orders";
import { reconcilePayments } from "@/lib/billing/reconcile/reconcile-payments";
import { seedPacks } from "@/lib/billing/seed-packs";
import { startPurchase } from "@/lib/billing/start-purchase";
import { closeDb, db } from "@/lib/db";
import { NANO_PER_USD } from "@/lib/money";
import { moveDispute, openDispute } from "@/lib/sandbox/stripe/open-dispute";

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
const since = () => new Date(Date.now() - 3_600_000);

/** Paid on the page; not one event is ever delivered. */
async function paidInSilence() {
  const ctx = await shop.newBuyer();
  const { purchaseId, url } = await startPurchase(ctx, { packId: "pack_20" });
  await shop.pay(url);
  const order = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
  const session = await shop.stripe.checkout.sessions.retrieve(order.checkoutSessionId ?? "");
  return { ctx, purchaseId, paymentIntent: String(session.payment_intent) };
}

const open = (id: string) => db().mismatch.count({ where: { objectId: id, resolvedAt: null } });

describe("with every event lost", () => {
  it("an order is credited once it is asked for, exactly once however often", async () => {
    const { ctx, purchaseId } = await paidInSilence();
    expect(await reconcileOrders()).toBe(0);
    expect(await balanceOf(ctx)).toBe(0n);
    // A minute later the webhook has had its chance.
    await db()
      .$executeRaw`UPDATE purchases SET created_at = now() - interval '2 minutes' WHERE id = ${purchaseId}`;
    expect(await reconcileOrders()).toBe(1);
    expect(await reconcileOrders()).toBe(0);
    await Promise.all([reconcilePayments(since()), reconcilePayments(since())]);
    expect(await balanceOf(ctx)).toBe(CREDIT);
  });

  it("the walk over Stripe's payments credits it too, and settles refunds and disputes", async () => {
    const { ctx, purchaseId, paymentIntent } = await paidInSilence();
    expect((await reconcilePayments(since())).credited).toBe(1);
    expect(await balanceOf(ctx)).toBe(CREDIT);
    await shop.stripe.refunds.create({ payment_intent: paymentIntent, amount: 1000 });
    expect((await reconcilePayments(since())).reversalsSettled).toBe(1);
    expect(await balanceOf(ctx)).toBe(CREDIT / 2n);
    const { data } = await shop.stripe.charges.list({ payment_intent: paymentIntent });
    const charge = shop.standIn.context.state.charges[data[0]?.id ?? ""];
    if (!charge) throw new Error("no charge");
    const dispute = openDispute(shop.standIn.context, charge);
    await reconcilePayments(since());
    const wallet = await db().wallet.findUniqueOrThrow({ where: { workspaceId: ctx.workspaceId } });
    expect(wallet).toMatchObject({ balanceNano: 0n, frozenReason: "dispute" });
    moveDispute(shop.standIn.context, dispute, "won");
    // An undecided dispute is asked for however old it is.
    await reconcilePayments(new Date());
    expect(await balanceOf(ctx)).toBe(CREDIT / 2n);
    expect(await open(purchaseId)).toBe(0);
    expect(await reconcilePayments(since())).toMatchObject({
      credited: 0,
      reversalsSettled: 0,
      mismatches: 0,
    });
  });
});

describe("what fits no rule is listed once and never guessed", () => {
  it("a payment that belongs to no order here", async () => {
    const { purchaseId, paymentIntent } = await paidInSilence();
    await db().purchase.delete({ where: { id: purchaseId } });
    expect((await reconcilePayments(since())).mismatches).toBe(1);
    expect((await reconcilePayments(since())).mismatches).toBe(0);
    const { data } = await shop.stripe.charges.list({ payment_intent: paymentIntent });
    expect(await open(data[0]?.id ?? "")).toBe(1);
  });

  it("a payment of another amount than was ordered", async () => {
    const { ctx, purchaseId } = await paidInSilence();
    await db().purchase.update({ where: { id: purchaseId }, data: { priceMinor: 9_900n } });
    expect((await reconcilePayments(since())).mismatches).toBe(1);
    expect(await balanceOf(ctx)).toBe(0n);
    expect(await open(purchaseId)).toBe(1);
  });

  it("an order that was credited without a charge at Stripe", async () => {
    const { purchaseId, paymentIntent } = await paidInSilence();
    await reconcilePayments(since());
    for (const charge of Object.values(shop.standIn.context.state.charges)) {
      if (charge.payment_intent === paymentIntent) delete shop.standIn.context.state.charges[charge.id];
    }
    expect((await reconcilePayments(since())).mismatches).toBe(1);
    expect(await open(purchaseId)).toBe(1);
  });
});
