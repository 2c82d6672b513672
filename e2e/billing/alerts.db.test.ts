import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, type Shop } from "@/e2e/billing/shop";
import type { Ctx, UserActor } from "@/lib/actor";
import { deliverEvents } from "@/lib/billing/alerts/deliver-events";
import { tellExpiringCredit } from "@/lib/billing/alerts/expiring-credit";
import { tellKeyBudgets } from "@/lib/billing/alerts/key-budgets";
import { tellLowBalances } from "@/lib/billing/alerts/low-balance";
import { saveAlerts } from "@/lib/billing/alerts/save-alerts";
import { closeDb, db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { grantCredits } from "@/lib/ledger/grant-credits";
import { NANO_PER_USD } from "@/lib/money";

let shop: Shop;
let server: Server;
let address = "";
const received: { body: string; signature: string }[] = [];
let status = 200;

beforeAll(async () => {
  // Stand-ins serve here, so that an address of this machine may be told.
  process.env.TOLLGATE_STAND_INS = "mail";
  shop = await openShop();
  server = createServer((req, res) => {
    let body = "";
    req.on("data", (chunk) => {
      body += chunk;
    });
    req.on("end", () => {
      received.push({ body, signature: String(req.headers["x-tollgate-signature"]) });
      res.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await shop.close();
  await closeDb();
});

async function member(): Promise<Ctx<UserActor>> {
  const ctx = await shop.newBuyer();
  await db().member.create({
    data: { workspaceId: ctx.workspaceId, userId: ctx.actor.userId, role: "owner" },
  });
  return ctx;
}
const grant = (ctx: Ctx, amountNano: bigint, expiresAt?: Date) =>
  db().$transaction((tx) =>
    grantCredits(tx, {
      workspaceId: ctx.workspaceId,
      amountNano,
      promotional: true,
      source: "gift",
      key: `gift:${newId("led")}`,
      actor: "test",
      from: "promotions",
      ...(expiresAt ? { expiresAt } : {}),
    }),
  );
const mails = (ctx: Ctx<UserActor>) =>
  db().mail.findMany({ where: { to: ctx.actor.email }, orderBy: { createdAt: "asc" } });
const templates = async (ctx: Ctx<UserActor>) => (await mails(ctx)).map(({ template }) => template);

describe("a low balance", () => {
  it("is told once per crossing, also where many workers look at once, and armed anew above it", async () => {
    const ctx = await member();
    const empty = await member();
    await grant(ctx, NANO_PER_USD);
    await Promise.all(Array.from({ length: 4 }, () => tellLowBalances()));
    expect(await templates(ctx)).toEqual(["balance_low"]);
    // Who never had credit is not told that it is low.
    expect(await templates(empty)).toEqual([]);
    await grant(ctx, 5n * NANO_PER_USD);
    await tellLowBalances();
    expect(await templates(ctx)).toEqual(["balance_low"]);
    await db().wallet.update({ where: { workspaceId: ctx.workspaceId }, data: { balanceNano: 1n } });
    await tellLowBalances();
    await tellLowBalances();
    expect(await templates(ctx)).toEqual(["balance_low", "balance_low"]);
  });

  it("is where its owner puts it, or never", async () => {
    const high = await member();
    const never = await member();
    await saveAlerts(high, { lowBalanceUsd: "50", webhookUrl: "" });
    await saveAlerts(never, { lowBalanceUsd: "0", webhookUrl: "" });
    for (const ctx of [high, never]) await grant(ctx, 20n * NANO_PER_USD);
    await db().wallet.update({ where: { workspaceId: never.workspaceId }, data: { balanceNano: 0n } });
    await tellLowBalances();
    expect([await templates(high), await templates(never)]).toEqual([["balance_low"], []]);
  });
});

describe("a key's budget", () => {
  it("is told of at 80 % and at 100 %, once each, in each period; of both at once only the higher", async () => {
    const ctx = await member();
    const keyId = newId("key");
    await db().key.create({
      data: {
        id: keyId,
        workspaceId: ctx.workspaceId,
        name: "ci",
        totalBudgetNano: 100n,
        periodBudgetNano: 1_000n,
        period: "day",
      },
    });
    const spend = (totalSpentNano: bigint) =>
      db().keyMeter.upsert({
        where: { keyId },
        update: { totalSpentNano, periodSpentNano: totalSpentNano },
        create: { keyId, totalSpentNano },
      });
    await spend(79n);
    await tellKeyBudgets();
    expect(await templates(ctx)).toEqual([]);
    await spend(80n);
    await Promise.all([tellKeyBudgets(), tellKeyBudgets()]);
    expect(await templates(ctx)).toEqual(["budget_near"]);
    await spend(100n);
    await tellKeyBudgets();
    await tellKeyBudgets();
    expect(await templates(ctx)).toEqual(["budget_near", "budget_used"]);
    await db()
      .$executeRaw`UPDATE key_meters SET period_start = ledger.period_start('day', now()), period_spent_nano = 1000
      WHERE key_id = ${keyId}`;
    await tellKeyBudgets();
    expect(await templates(ctx)).toEqual(["budget_near", "budget_used", "budget_used"]);
  });
});

describe("credit that expires", () => {
  it("is announced a week before, once", async () => {
    const ctx = await member();
    await grant(ctx, 3n * NANO_PER_USD, new Date(Date.now() + 6 * 86_400_000));
    await grant(ctx, 4n * NANO_PER_USD, new Date(Date.now() + 60 * 86_400_000));
    await tellExpiringCredit();
    await tellExpiringCredit();
    expect(await templates(ctx)).toEqual(["credit_expiring"]);
  });
});

describe("a customer's own address", () => {
  it("gets what happens, signed with the secret that was shown once, and again after a failure", async () => {
    const ctx = await member();
    const { webhookSecret } = await saveAlerts(ctx, { lowBalanceUsd: "", webhookUrl: address });
    expect(webhookSecret).toMatch(/^whsec_/);
    expect((await saveAlerts(ctx, { lowBalanceUsd: "", webhookUrl: address })).webhookSecret).toBeNull();
    await grant(ctx, NANO_PER_USD);
    await tellLowBalances();
    status = 500;
    expect(await deliverEvents()).toBe(0);
    status = 200;
    expect(await deliverEvents()).toBe(0);
    await db().customerEvent.updateMany({ data: { nextAttemptAt: new Date() } });
    expect(await deliverEvents()).toBe(1);
    const last = received.at(-1);
    const { t, v1 } = Object.fromEntries((last?.signature ?? "").split(",").map((part) => part.split("=")));
    expect(
      createHmac("sha256", webhookSecret ?? "")
        .update(`${t}.${last?.body}`)
        .digest("hex"),
    ).toBe(v1);
    expect(JSON.parse(last?.body ?? "")).toMatchObject({
      type: "balance.low",
      data: { balance_usd: "1", threshold_usd: "2" },
    });
    expect(await deliverEvents()).toBe(0);
  });

  it("is not an address of this network, without encryption, or with credentials", async () => {
    const ctx = await member();
    for (const webhookUrl of [
      "http://example.com/hook",
      "https://127.0.0.1/hook",
      "https://[::1]/hook",
      "https://10.0.0.8/",
      "https://2130706433/",
      "https://localhost/",
      "https://user:pass@example.com/",
      "ftp://example.com/",
      "not a url",
    ]) {
      await expect(saveAlerts(ctx, { lowBalanceUsd: "", webhookUrl }), webhookUrl).rejects.toThrow();
    }
    for (const lowBalanceUsd of ["-1", "many", "1e9"]) {
      await expect(saveAlerts(ctx, { lowBalanceUsd, webhookUrl: "" })).rejects.toThrow();
    }
    await saveAlerts(ctx, { lowBalanceUsd: "1.50", webhookUrl: "https://example.com/hook" });
  });
});
