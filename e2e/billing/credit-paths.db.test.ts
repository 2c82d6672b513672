import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { balanceOf, booked, deliver, openShop, type Shop } from "@/e2e/billing/shop";
import type { Ctx } from "@/lib/actor";
import { createCode } from "@/lib/billing/codes/create-code";
import { redeemCode } from "@/lib/billing/codes/redeem-code";
import { withdrawCode } from "@/lib/billing/codes/withdraw-code";
import { grantTrial, TRIAL_SETTING } from "@/lib/billing/grant-trial";
import { savePack } from "@/lib/billing/packs/save-pack";
import { syncPacks } from "@/lib/billing/packs/sync-packs";
import { REFUND_SETTING, refundPurchase } from "@/lib/billing/refund-purchase";
import { seedPacks } from "@/lib/billing/seed-packs";
import { startPurchase } from "@/lib/billing/start-purchase";
import { closeDb, db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { takeCredits } from "@/lib/ledger/take-credits";
import { NANO_PER_USD } from "@/lib/money";

let shop: Shop;
const operator: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: "req_test" };
beforeAll(async () => {
  shop = await openShop();
  await seedPacks();
});
afterAll(async () => {
  await shop.close();
  await closeDb();
});

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof AppError ? `${error.code} ${error.message}` : (error as Error).name;
  }
  return "not refused";
}
const set = (name: string, value: string | number) =>
  db().setting.upsert({ where: { name }, update: { value }, create: { name, value } });

describe("a code", () => {
  it("adds promotional credit once per workspace, however it is typed and however often at once", async () => {
    const ctx = await shop.newBuyer();
    await createCode(operator, { code: "Spring-26", amountUsd: "2.50", creditLastsDays: 30 });
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, () => redeemCode(ctx, { code: " spring-26 " })),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await balanceOf(ctx)).toBe((5n * NANO_PER_USD) / 2n);
    expect(await refusal(redeemCode(ctx, { code: "SPRING-26" }))).toBe("conflict codeUsed");
    const [lot] = await db().lot.findMany({ where: { workspaceId: ctx.workspaceId } });
    expect(lot).toMatchObject({ promotional: true, source: "code" });
    expect(lot?.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect((await booked(ctx))[0]).toMatch(/^grant:code code:code_/);
  });

  it("that is a gift goes to one of many who try at once", async () => {
    const { code } = await createCode(operator, { amountUsd: "1", maxUses: 1 });
    expect(code).toMatch(/^[A-Z2-9]{8,16}$/);
    const people = await Promise.all(Array.from({ length: 6 }, () => shop.newBuyer()));
    const tries = await Promise.all(people.map((ctx) => refusal(redeemCode(ctx, { code }))));
    expect(tries.filter((said) => said === "not refused")).toHaveLength(1);
    expect(tries.filter((said) => said === "gone codeUsedUp")).toHaveLength(5);
    const total = await Promise.all(people.map((ctx) => balanceOf(ctx)));
    expect(total.reduce((sum, balance) => sum + balance, 0n)).toBe(NANO_PER_USD);
  });

  it("that is unknown, ended, withdrawn, malformed or guessed for says so and adds nothing", async () => {
    const ctx = await shop.newBuyer();
    const ended = await createCode(operator, { amountUsd: "1" });
    await db().promoCode.update({ where: { id: ended.id }, data: { endsAt: new Date(Date.now() - 1_000) } });
    const gone = await createCode(operator, { amountUsd: "1" });
    await withdrawCode(operator, { id: gone.id });
    await withdrawCode(operator, { id: gone.id });
    expect(await refusal(redeemCode(ctx, { code: "NO-SUCH-CODE" }))).toBe("not_found codeUnknown");
    expect(await refusal(redeemCode(ctx, { code: ended.code }))).toBe("gone codeEnded");
    expect(await refusal(redeemCode(ctx, { code: gone.code }))).toBe("not_found codeUnknown");
    expect(await refusal(redeemCode(ctx, { code: "'; DROP --" }))).toBe("ZodError");
    for (let i = 0; i < 10; i++) await refusal(redeemCode(ctx, { code: `GUESS-${i}` }));
    expect(await refusal(redeemCode(ctx, { code: "GUESS-AGAIN" }))).toMatch(/^too_many/);
    expect(await balanceOf(ctx)).toBe(0n);
    const unverified = await shop.newBuyer(false);
    expect(await refusal(redeemCode(unverified, { code: ended.code }))).toBe("not_verified notVerified");
  });

  it("is made by operators only, with an amount that can be", async () => {
    const ctx = await shop.newBuyer();
    expect(await refusal(createCode(ctx, { amountUsd: "1" }))).toBe("forbidden forbidden");
    for (const amountUsd of ["0", "-1", "NaN", "1e5", "0.0000000001", "99999999999"]) {
      expect(await refusal(createCode(operator, { amountUsd }))).toBe("ZodError");
    }
    await createCode(operator, { code: "TWICE", amountUsd: "1" });
    expect(await refusal(createCode(operator, { code: "twice", amountUsd: "1" }))).toBe("conflict codeTaken");
  });
});

describe("a correction", () => {
  it("takes what is available and never more, once per fact, with its reason", async () => {
    const ctx = await shop.newBuyer();
    const { code } = await createCode(operator, { amountUsd: "3" });
    await redeemCode(ctx, { code });
    const take = (amountNano: bigint, key: string) =>
      refusal(
        db().$transaction((tx) =>
          takeCredits(tx, {
            workspaceId: ctx.workspaceId,
            amountNano,
            key,
            actor: "cli",
            reason: "by mistake",
          }),
        ),
      );
    expect(await take(4n * NANO_PER_USD, "correction:1")).toBe("conflict notThatMuch");
    expect(await balanceOf(ctx)).toBe(3n * NANO_PER_USD);
    await Promise.all([1, 2, 3].map(() => take(2n * NANO_PER_USD, "correction:2")));
    expect(await balanceOf(ctx)).toBe(NANO_PER_USD);
    expect((await booked(ctx)).at(-1)).toBe(`correction correction:2 ${-2n * NANO_PER_USD}`);
  });
});

describe("packs", () => {
  it("get a price of their own at Stripe, once; a changed one a new price, a withdrawn one none", async () => {
    const pack = { id: "pack_test", name: "Test pack", price: "19.90", creditUsd: "19", bonusUsd: "0.90" };
    await savePack(operator, pack);
    const find = async () => (await syncPacks(operator)).find(({ id }) => id === "pack_test");
    const made = await find();
    expect(made?.change).toBe("created");
    expect(await find()).toEqual({ ...made, change: "kept" });
    const price = await shop.stripe.prices.retrieve(made?.stripePriceId ?? "");
    expect([price.unit_amount, price.currency, price.active]).toEqual([1990, "usd", true]);
    const ctx = await shop.newBuyer();
    const { purchaseId } = await startPurchase(ctx, { packId: "pack_test" });
    expect(await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } })).toMatchObject({
      priceMinor: 1_990n,
      creditNano: 19n * NANO_PER_USD,
    });
    await savePack(operator, { ...pack, price: "25" });
    const changed = await find();
    expect(changed?.change).toBe("created");
    expect((await shop.stripe.prices.retrieve(made?.stripePriceId ?? "")).active).toBe(false);
    await savePack(operator, { ...pack, price: "25", active: false });
    expect(await find()).toMatchObject({ change: "archived", stripePriceId: null });
    expect(await refusal(startPurchase(ctx, { packId: "pack_test" }))).toBe("gone packGone");
  });

  it("refuse a price or credit that cannot be, and people who are no operators", async () => {
    const pack = { id: "pack_bad", name: "Bad", price: "20", creditUsd: "20" };
    for (const price of ["-1", "0", "0.49", "1.234", "NaN", "1e3", "99999999"]) {
      expect([price, await refusal(savePack(operator, { ...pack, price }))]).toEqual([price, "ZodError"]);
    }
    for (const creditUsd of ["-1", "NaN", "0.0000000001"]) {
      expect(await refusal(savePack(operator, { ...pack, creditUsd }))).toBe("ZodError");
    }
    expect(await refusal(savePack(operator, { ...pack, creditUsd: "0" }))).toBe(
      "invalid_input amountInvalid",
    );
    expect(await refusal(savePack(await shop.newBuyer(), pack))).toBe("forbidden forbidden");
  });
});

describe("trial credit", () => {
  it("is given once per mailbox, however it is written, and not where the operator set none", async () => {
    const give = async (email: string) => {
      const ctx = await shop.newBuyer();
      const { workspaceId } = ctx;
      await db().$transaction((tx) => grantTrial(tx, { workspaceId, email, actor: "test" }));
      return balanceOf(ctx);
    };
    expect(await give("ada@gmail.com")).toBe(0n);
    await set(TRIAL_SETTING, "500000000");
    expect(await give("ada@gmail.com")).toBe(500_000_000n);
    for (const again of ["ADA@gmail.com", "a.d.a@gmail.com", "ada+two@googlemail.com"]) {
      expect(await give(again)).toBe(0n);
    }
    expect(await give("ada@example.com")).toBe(500_000_000n);
    await set(TRIAL_SETTING, "-5");
    expect(await give("eve@example.com")).toBe(0n);
  });
});

describe("a pack of which nothing was used", () => {
  async function bought() {
    const ctx = await shop.newBuyer();
    const { purchaseId, url } = await startPurchase(ctx, { packId: "pack_20" });
    await shop.pay(url);
    const { checkoutSessionId } = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
    await deliver(await shop.eventOf("checkout.session.completed", checkoutSessionId ?? ""));
    return { ctx, purchaseId };
  }

  it("can be given back, once: the money goes back, the credit and its bonus leave", async () => {
    const { ctx, purchaseId } = await bought();
    const tries = await Promise.all([1, 2, 3].map(() => refusal(refundPurchase(ctx, { purchaseId }))));
    expect(tries.sort()).toEqual(["conflict refundDone", "conflict refundDone", "not refused"]);
    expect(await balanceOf(ctx)).toBe(0n);
    const order = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
    expect(order.refundedMinor).toBe(2_000n);
    const { data } = await shop.stripe.refunds.list({ payment_intent: order.paymentIntentId ?? "" });
    expect(data.map(({ amount }) => amount)).toEqual([2000]);
  });

  it("cannot once a part is used or held, too late, or by somebody else", async () => {
    const { ctx, purchaseId } = await bought();
    const other = await shop.newBuyer();
    expect(await refusal(refundPurchase(other, { purchaseId }))).toBe("not_found notFound");
    const { workspaceId } = ctx;
    await db().wallet.update({ where: { workspaceId }, data: { reservedNano: 1n } });
    expect(await refusal(refundPurchase(ctx, { purchaseId }))).toBe("conflict refundSpent");
    await db().wallet.update({ where: { workspaceId }, data: { reservedNano: 0n } });
    await set(REFUND_SETTING, 0);
    expect(await refusal(refundPurchase(ctx, { purchaseId }))).toBe("gone refundWindow");
    await set(REFUND_SETTING, 14);
    await db().purchase.update({
      where: { id: purchaseId },
      data: { paidAt: new Date(Date.now() - 15 * 86_400_000) },
    });
    expect(await refusal(refundPurchase(ctx, { purchaseId }))).toBe("gone refundWindow");
    expect(await balanceOf(ctx)).toBe(21n * NANO_PER_USD);
  });
});
