import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { balanceOf, deliver, openShop, type Shop } from "@/e2e/billing/shop";
import type { Ctx, UserActor } from "@/lib/actor";
import { saveAlerts } from "@/lib/billing/alerts/save-alerts";
import { tellCustomer } from "@/lib/billing/alerts/tell-customer";
import { openPortal } from "@/lib/billing/open-portal";
import { listReceipts } from "@/lib/billing/receipts/list-receipts";
import { INVOICES_SETTING } from "@/lib/billing/receipts/read-invoices-on";
import { REFUND_SETTING, refundPurchase } from "@/lib/billing/refund-purchase";
import { seedPacks } from "@/lib/billing/seed-packs";
import { startPurchase } from "@/lib/billing/start-purchase";
import { saveTopUp } from "@/lib/billing/top-up/save-top-up";
import { exportHistory } from "@/lib/billing/views/export-history";
import { listLots } from "@/lib/billing/views/list-lots";
import { listOpenDisputes } from "@/lib/billing/views/list-open-disputes";
import { listOpenHolds } from "@/lib/billing/views/list-open-holds";
import { readAlerts } from "@/lib/billing/views/read-alerts";
import { readTopUp } from "@/lib/billing/views/read-top-up";
import { closeDb, db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { grantCredits } from "@/lib/ledger/grant-credits";
import type { HistoryFilter } from "@/lib/ledger/history-filter";
import { listTransactions } from "@/lib/ledger/list-transactions";
import { NANO_PER_USD } from "@/lib/money";
import { moveDispute, openDispute } from "@/lib/sandbox/stripe/open-dispute";

/** What the Credits page reads: what is there, in the right order, and nothing of anybody else's. */

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await seedPacks();
});
afterAll(async () => {
  await shop.close();
  await closeDb();
});

async function owner(): Promise<Ctx<UserActor>> {
  const ctx = await shop.newBuyer();
  const { workspaceId, actor } = ctx;
  await db().member.create({ data: { workspaceId, userId: actor.userId, role: "owner" } });
  return ctx;
}

/** Somebody who has paid for the $20 pack of $21. */
async function bought(saveCard = false): Promise<{ ctx: Ctx<UserActor>; purchaseId: string }> {
  const ctx = await owner();
  const { purchaseId, url } = await startPurchase(ctx, { packId: "pack_20", saveCard });
  await shop.pay(url);
  const { checkoutSessionId } = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
  await deliver(await shop.eventOf("checkout.session.completed", checkoutSessionId ?? ""));
  return { ctx, purchaseId };
}

async function grant(ctx: Ctx, key: string, more: { promotional?: boolean; expiresAt?: Date } = {}) {
  await grantCredits(db(), {
    workspaceId: ctx.workspaceId,
    amountNano: NANO_PER_USD,
    promotional: more.promotional ?? true,
    source: "operator",
    key,
    actor: "cli",
    reason: key,
    from: "adjustments",
    ...(more.expiresAt ? { expiresAt: more.expiresAt } : {}),
  });
}

const days = (count: number) => new Date(Date.now() + count * 86_400_000);

describe("lots", () => {
  it("stand in the order in which the ledger burns them, without what is used up", async () => {
    const ctx = await owner();
    await grant(ctx, "v-old", { promotional: false });
    await grant(ctx, "v-late", { promotional: false, expiresAt: days(90) });
    await grant(ctx, "v-promo");
    await grant(ctx, "v-soon", { expiresAt: days(3) });
    const order = async () => (await listLots(ctx)).lots.map(({ id }) => id);
    const shown = await order();
    const burnt: string[] = [];
    // Burnt without its wallet, and so taken back at the end.
    const undone = db().$transaction(async (tx) => {
      for (let i = 0; i < shown.length; i++) {
        await tx.$executeRaw`SELECT ledger.burn(${ctx.workspaceId}, ${NANO_PER_USD})`;
        const gone = await tx.lot.findMany({ where: { workspaceId: ctx.workspaceId, leftNano: 0n } });
        burnt.push(...gone.map(({ id }) => id).filter((id) => !burnt.includes(id)));
      }
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(burnt).toEqual(shown);
    expect(await listLots(ctx)).toMatchObject({ count: 4 });
    expect(await listLots(await owner())).toEqual({ lots: [], count: 0 });
  });
});

describe("open holds", () => {
  it("name key, model and age of one's own calls in flight, oldest first", async () => {
    const [ctx, other] = [await owner(), await owner()];
    const hold = (workspaceId: string, more: object = {}) =>
      db().hold.create({
        data: {
          id: newId("hold"),
          workspaceId,
          keyId: "key_gone",
          instanceId: "test",
          amountNano: 5n,
          ...more,
        },
      });
    const second = await hold(ctx.workspaceId);
    const first = await hold(ctx.workspaceId, {
      createdAt: days(-1),
      checkpoint: { modelId: "sandbox/echo" },
      checkpointNano: 2n,
    });
    await hold(ctx.workspaceId, { status: "settled" });
    await hold(other.workspaceId);
    const { holds, count } = await listOpenHolds(ctx);
    expect(count).toBe(2);
    expect(holds.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(holds[0]).toMatchObject({ modelId: "sandbox/echo", usedNano: 2n, amountNano: 5n, keyName: null });
    expect(holds[1]).toMatchObject({ modelId: null, usedNano: null });
    await db().hold.deleteMany({ where: { instanceId: "test" } });
  });
});

describe("receipts", () => {
  it("offer to give back exactly what the verb would take back", async () => {
    const { ctx, purchaseId } = await bought();
    const back = async () => (await listReceipts(ctx)).receipts[0]?.refundableUntil ?? null;
    expect(await back()).not.toBeNull();
    expect((await listReceipts(await owner())).receipts).toEqual([]);

    const setting = (value: number) =>
      db().setting.upsert({
        where: { name: REFUND_SETTING },
        update: { value },
        create: { name: REFUND_SETTING, value },
      });
    await setting(0);
    expect(await back()).toBeNull();
    await setting(14);
    await db().purchase.update({ where: { id: purchaseId }, data: { paidAt: days(-15) } });
    expect(await back()).toBeNull();
    await db().purchase.update({ where: { id: purchaseId }, data: { paidAt: new Date() } });

    await refundPurchase(ctx, { purchaseId });
    expect(await balanceOf(ctx)).toBe(0n);
    const [receipt] = (await listReceipts(ctx)).receipts;
    expect(receipt).toMatchObject({ refundableUntil: null, paidMinor: 2000n });
    expect(receipt?.receiptUrl).toContain("/receipts/");
    expect(receipt?.reversals).toMatchObject([{ kind: "refund", amountMinor: 2000n, stands: true }]);
  });

  it("carry an invoice where the operator wants one, with the details that its owner set on Stripe's page", async () => {
    const value = true;
    await db().setting.create({ data: { name: INVOICES_SETTING, value } });
    const { ctx } = await bought();
    const { url } = await openPortal(ctx);
    const details = { name: "Example GmbH", city: "Berlin", country: "de", tax_id: "DE123456789" };
    const saved = await fetch(url, { method: "POST", body: new URLSearchParams(details) });
    expect(await saved.text()).toContain("Your details are saved.");

    const { url: payUrl, purchaseId } = await startPurchase(ctx, { packId: "pack_20" });
    await shop.pay(payUrl);
    const order = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
    await deliver(await shop.eventOf("checkout.session.completed", order.checkoutSessionId ?? ""));
    const { receipts, count } = await listReceipts(ctx);
    expect(count).toBe(2);
    const invoice = await (
      await fetch(receipts.find(({ id }) => id === purchaseId)?.invoiceUrl ?? "")
    ).text();
    expect(invoice).toContain("Example GmbH");
    expect(invoice).toContain("DE123456789");
    await db().setting.delete({ where: { name: INVOICES_SETTING } });
  });

  it("open a portal that Stripe forgot by making its configuration anew", async () => {
    const ctx = await owner();
    await openPortal(ctx);
    shop.standIn.context.state.portalConfigurations = {};
    expect((await fetch((await openPortal(ctx)).url)).status).toBe(200);
    const unknown = `${new URL((await openPortal(ctx)).url).origin}/sandbox/pay/portal/bps_none`;
    expect((await fetch(unknown)).status).toBe(404);
  });
});

describe("a dispute", () => {
  it("is listed while it keeps the account closed, and told to owners once", async () => {
    const { ctx, purchaseId } = await bought();
    const order = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
    const { data } = await shop.stripe.charges.list({ payment_intent: order.paymentIntentId ?? "" });
    const charge = shop.standIn.context.state.charges[data[0]?.id ?? ""];
    if (!charge) throw new Error("no charge");
    const dispute = openDispute(shop.standIn.context, charge);
    const created = await shop.eventOf("charge.dispute.created", dispute.id);
    for (let i = 0; i < 3; i++) expect(await deliver(created)).toBe(200);
    expect(await listOpenDisputes(ctx)).toMatchObject([{ id: dispute.id, amountMinor: 2000n, lost: false }]);
    expect(await listOpenDisputes(await owner())).toEqual([]);
    const mails = await db().mail.findMany({ where: { to: ctx.actor.email, template: "payment_disputed" } });
    expect(mails).toHaveLength(1);

    moveDispute(shop.standIn.context, dispute, "won");
    await deliver(await shop.eventOf("charge.dispute.closed", dispute.id));
    expect(await listOpenDisputes(ctx)).toEqual([]);
    const kinds = async (filter: HistoryFilter) =>
      (await listTransactions(ctx, { timeZone: "UTC", filter })).lines.map((line) =>
        line.kind === "spend" ? "calls" : line.type,
      );
    expect(new Set(await kinds({ kind: "disputes" }))).toEqual(new Set(["dispute", "dispute_won"]));
    expect(new Set(await kinds({ kind: "purchases" }))).toEqual(new Set(["grant:purchase", "grant:bonus"]));
    expect(await kinds({ kind: "codes" })).toEqual([]);
  });
});

describe("automatic top-up", () => {
  it("is shown with its card, what it cost this month and why it stands still", async () => {
    const { ctx } = await bought(true);
    expect(await readTopUp(ctx)).toMatchObject({ topUp: null, cards: [{ label: "Visa 4242, 12/34" }] });
    const { cards } = await readTopUp(ctx);
    const terms = { enabled: true, thresholdUsd: "5", packId: "pack_20", monthlyCap: 30 };
    await saveTopUp(ctx, { ...terms, cardId: cards?.[0]?.id ?? "" });
    const { topUp } = await readTopUp(ctx);
    expect(topUp).toMatchObject({ chargedMinor: 0n, capReached: false, stopped: null, packActive: true });
    await db().purchase.updateMany({
      where: { workspaceId: ctx.workspaceId },
      data: { kind: "auto_top_up" },
    });
    expect((await readTopUp(ctx)).topUp).toMatchObject({ chargedMinor: 2000n, capReached: true });
    expect(await readTopUp(await owner())).toEqual({ topUp: null, cards: [] });
  });
});

describe("alerts", () => {
  it("are shown without the secret, with how their events fared", async () => {
    const ctx = await owner();
    const address = "https://hooks.example.com/tollgate";
    const { webhookSecret } = await saveAlerts(ctx, { lowBalanceUsd: "3.5", webhookUrl: address });
    await db().$transaction((tx) => tellCustomer(tx, ctx.workspaceId, "balance.low", { balance_usd: "1" }));
    const view = await readAlerts(ctx);
    expect(view).toMatchObject({ lowBalanceNano: 3_500_000_000n, webhookUrl: address });
    expect(view.events).toMatchObject([{ type: "balance.low", attempts: 0, deliveredAt: null }]);
    const text = JSON.stringify(view, (_key, value) => (typeof value === "bigint" ? String(value) : value));
    expect(text).not.toContain(webhookSecret ?? "whsec");
    expect((await readAlerts(await owner())).events).toEqual([]);
  });
});

describe("the history as a file", () => {
  it("has every line of every page once, amounts exact, formulas disarmed", async () => {
    const ctx = await owner();
    for (let i = 0; i < 120; i++) await grant(ctx, `f-${ctx.workspaceId}-${i}`);
    await grant(ctx, `=cmd()-${ctx.workspaceId}`);
    const read = async (filter: HistoryFilter) => {
      let text = "";
      for await (const piece of exportHistory(ctx, { timeZone: "UTC", filter })) text += piece;
      return text.trim().split("\r\n");
    };
    const lines = await read({});
    expect(lines).toHaveLength(122);
    expect(new Set(lines.map((line) => line.split(",")[7]))).toHaveProperty("size", 122);
    expect(lines[0]).toMatch(/^at,type,amount_usd,balance_after_usd/);
    expect(lines[1]).toContain(",grant:operator,1,121,0,");
    expect(lines[1]).toContain("'=cmd()");
    expect(await read({ kind: "refunds" })).toHaveLength(1);
    expect(await read({ to: days(-1) })).toHaveLength(1);
    expect(await read({ from: days(-1) })).toHaveLength(122);
  });
});
