import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { balanceOf, deliver, openShop, type Shop } from "@/e2e/billing/shop";
import type { Ctx, UserActor } from "@/lib/actor";
import { reconcilePayments } from "@/lib/billing/reconcile/reconcile-payments";
import { seedPacks } from "@/lib/billing/seed-packs";
import { startPurchase } from "@/lib/billing/start-purchase";
import { chargeTopUp } from "@/lib/billing/top-up/charge-top-up";
import { placeTopUp } from "@/lib/billing/top-up/place-top-up";
import { runTopUps } from "@/lib/billing/top-up/run-top-ups";
import { saveTopUp } from "@/lib/billing/top-up/save-top-up";
import { listSavedCards } from "@/lib/billing/top-up/saved-cards";
import { closeDb, db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { NANO_PER_USD } from "@/lib/money";
import type { TestMethod } from "@/lib/sandbox/stripe/test-methods";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await seedPacks();
});
afterAll(async () => {
  await shop.close();
  await closeDb();
});
// Each test looks at its own buyer; the others are switched off.
beforeEach(() => db().autoTopUp.updateMany({ data: { enabled: false } }));

const PACK = 21n * NANO_PER_USD;

/** Somebody who bought the $20 pack and saved the card. */
async function withCard(method: TestMethod = "card"): Promise<Ctx<UserActor>> {
  const ctx = await shop.newBuyer();
  await db().member.create({
    data: { workspaceId: ctx.workspaceId, userId: ctx.actor.userId, role: "owner" },
  });
  const { purchaseId, url } = await startPurchase(ctx, { packId: "pack_20", saveCard: true });
  const paid = await fetch(url, {
    method: "POST",
    body: new URLSearchParams({ email: "buyer@example.com", method }),
    redirect: "manual",
  });
  expect(paid.status).toBe(303);
  const { checkoutSessionId } = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
  await deliver(await shop.eventOf("checkout.session.completed", checkoutSessionId ?? ""));
  return ctx;
}

async function turnOn(ctx: Ctx<UserActor>, more: Partial<Parameters<typeof saveTopUp>[1]> = {}) {
  const [card] = await listSavedCards(ctx.workspaceId);
  const usual = { enabled: true, thresholdUsd: "5", packId: "pack_20", monthlyCap: 100 };
  await saveTopUp(ctx, { ...usual, cardId: card?.id ?? "", ...more });
}

/** The wallet as if all but a dollar had been spent. */
async function spendDown(ctx: Ctx): Promise<void> {
  const { workspaceId } = ctx;
  const { balanceNano } = await db().wallet.findUniqueOrThrow({ where: { workspaceId } });
  const spent = balanceNano - NANO_PER_USD;
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT ledger.burn(${workspaceId}, ${spent})`;
    await tx.wallet.update({ where: { workspaceId }, data: { balanceNano: NANO_PER_USD } });
    await tx.$executeRaw`
      SELECT ledger.post('calls', NULL, ${workspaceId}, ${-spent}, ${NANO_PER_USD}, 0, 'test', NULL, NULL,
        ARRAY[(SELECT wallet_account_id FROM wallets WHERE workspace_id = ${workspaceId}), 2]::bigint[],
        ARRAY[${-spent}, ${spent}]::bigint[])`;
  });
}

const charges = async (ctx: Ctx) => {
  const { stripeCustomerId } = await db().workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } });
  const { data } = await shop.stripe.charges.list({ customer: stripeCustomerId ?? "", limit: 100 });
  return data.filter(({ status }) => status === "succeeded").length;
};
const state = (ctx: Ctx) => db().autoTopUp.findUniqueOrThrow({ where: { workspaceId: ctx.workspaceId } });
const mails = async (ctx: Ctx<UserActor>) =>
  (await db().mail.findMany({ where: { to: ctx.actor.email } })).map(({ template }) => template);

describe("automatic top-up", () => {
  it("charges once, however many workers look while fifty callers are below the threshold", async () => {
    const ctx = await withCard();
    await turnOn(ctx);
    await runTopUps();
    expect(await charges(ctx)).toBe(1);
    await spendDown(ctx);
    await Promise.all(Array.from({ length: 50 }, () => runTopUps()));
    expect(await charges(ctx)).toBe(2);
    expect(await balanceOf(ctx)).toBe(NANO_PER_USD + PACK);
    expect(await mails(ctx)).toEqual(["top_up_done"]);
    await runTopUps();
    expect(await charges(ctx)).toBe(2);
  });

  it("whose answer was lost is not charged again, and credited all the same", async () => {
    const ctx = await withCard();
    await turnOn(ctx);
    await spendDown(ctx);
    const placed = await db().$transaction((tx) => placeTopUp(tx, ctx.workspaceId, false));
    if (!placed) throw new Error("nothing was placed");
    // The process dies between the charge and the booking: the next run takes the same order up again.
    await chargeTopUp(placed);
    await db().purchase.update({ where: { id: placed.order.id }, data: { status: "pending" } });
    await runTopUps();
    expect(await charges(ctx)).toBe(2);
    expect(await balanceOf(ctx)).toBe(NANO_PER_USD + PACK);
    expect(await reconcilePayments(new Date(Date.now() - 3_600_000))).toMatchObject({ mismatches: 0 });
  });

  it("that reconciliation finds paid is credited without the worker", async () => {
    const ctx = await withCard();
    await turnOn(ctx);
    await spendDown(ctx);
    const placed = await db().$transaction((tx) => placeTopUp(tx, ctx.workspaceId, false));
    const { stripeCustomerId } = await db().workspace.findUniqueOrThrow({ where: { id: ctx.workspaceId } });
    await shop.stripe.paymentIntents.create({
      amount: 2000,
      currency: "usd",
      customer: stripeCustomerId ?? "",
      payment_method: placed?.topUp.paymentMethodId ?? "",
      off_session: true,
      confirm: true,
      metadata: { tollgate_purchase: placed?.order.id ?? "" },
    });
    expect(await reconcilePayments(new Date(Date.now() - 3_600_000))).toMatchObject({
      credited: 1,
      mismatches: 0,
    });
    expect(await balanceOf(ctx)).toBe(NANO_PER_USD + PACK);
  });

  it("whose card needs its owner asks by mail with a link and does not try again", async () => {
    const ctx = await withCard("card_owner");
    await turnOn(ctx);
    await spendDown(ctx);
    await runTopUps();
    await runTopUps();
    expect(await state(ctx)).toMatchObject({ stopped: "needs_owner", failures: 1 });
    expect(await mails(ctx)).toEqual(["top_up_needs_you"]);
    expect(await charges(ctx)).toBe(1);
    await turnOn(ctx);
    expect(await state(ctx)).toMatchObject({ stopped: null, failures: 0 });
  });

  it("whose card is declined tries once more an hour later, and then stops", async () => {
    const ctx = await withCard("card_later_declined");
    await turnOn(ctx);
    await spendDown(ctx);
    await runTopUps();
    await runTopUps();
    expect(await state(ctx)).toMatchObject({ stopped: null, failures: 1 });
    await db().$executeRaw`UPDATE auto_top_ups SET updated_at = now() - interval '2 hours'`;
    await runTopUps();
    await runTopUps();
    expect(await state(ctx)).toMatchObject({ stopped: "declined", failures: 2 });
    expect(await mails(ctx)).toEqual(["top_up_failed", "top_up_failed"]);
    expect(await balanceOf(ctx)).toBe(NANO_PER_USD);
  });

  it("never charges beyond its monthly cap", async () => {
    const ctx = await withCard();
    await turnOn(ctx, { monthlyCap: 45 });
    for (let i = 0; i < 4; i++) {
      await spendDown(ctx);
      await runTopUps();
    }
    // The pack that was bought by hand, and two of $20 within $45.
    expect(await charges(ctx)).toBe(3);
  });

  it("refuses what cannot work, by the field", async () => {
    const ctx = await withCard();
    const field = async (more: Partial<Parameters<typeof saveTopUp>[1]>) => {
      try {
        await turnOn(ctx, more);
      } catch (error) {
        return error instanceof AppError ? `${error.field} ${error.message}` : (error as Error).name;
      }
      return "saved";
    };
    expect(await field({ thresholdUsd: "21" })).toBe("thresholdUsd thresholdInvalid");
    expect(await field({ thresholdUsd: "0" })).toBe("ZodError");
    expect(await field({ thresholdUsd: "NaN" })).toBe("ZodError");
    expect(await field({ monthlyCap: 19 })).toBe("monthlyCap capTooSmall");
    expect(await field({ monthlyCap: 1.5 })).toBe("ZodError");
    expect(await field({ cardId: "pm_of_somebody_else" })).toBe("cardId noCard");
    expect(await field({ packId: "pack_gone" })).toBe("packId packGone");
    const other = await withCard();
    const [foreign] = await listSavedCards(other.workspaceId);
    expect(await field({ cardId: foreign?.id ?? "" })).toBe("cardId noCard");
  });
});
