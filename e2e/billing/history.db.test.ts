import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, type Shop } from "@/e2e/billing/shop";
import type { Ctx } from "@/lib/actor";
import { finishPurchase } from "@/lib/billing/finish-purchase";
import { seedPacks } from "@/lib/billing/seed-packs";
import { startPurchase } from "@/lib/billing/start-purchase";
import { closeDb, db, pool } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { getTransaction } from "@/lib/ledger/get-transaction";
import { grantCredits } from "@/lib/ledger/grant-credits";
import type { HistoryLine } from "@/lib/ledger/history";
import { listTransactions } from "@/lib/ledger/list-transactions";
import { NANO_PER_USD } from "@/lib/money";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  await seedPacks();
});
afterAll(async () => {
  await shop.close();
  await closeDb();
});

const zone = { timeZone: "UTC" };

async function grant(ctx: Ctx, key: string, amountNano = 1n): Promise<void> {
  await grantCredits(db(), {
    workspaceId: ctx.workspaceId,
    amountNano,
    promotional: true,
    source: "operator",
    key,
    actor: "cli",
    reason: key,
    from: "adjustments",
  });
}

async function call(ctx: Ctx, bucket: string, costNano: bigint, calls = 1): Promise<void> {
  await pool().query(
    `INSERT INTO usage_rollups (workspace_id, bucket, key_id, model_id, client, dialect, outcome, calls, cost_nano)
      VALUES ($1, $2, 'key_1', 'm', 'c', 'chat', 'ok', $4, $3)`,
    [ctx.workspaceId, bucket, costNano.toString(), calls],
  );
}

/** Every line by paging, as `type amount`. */
async function allLines(ctx: Ctx, limit: number, timeZone = "UTC"): Promise<HistoryLine[]> {
  const lines: HistoryLine[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 100; page++) {
    const history = await listTransactions(ctx, { timeZone, limit, ...(cursor ? { cursor } : {}) });
    expect(history.lines.length).toBeLessThanOrEqual(limit);
    lines.push(...history.lines);
    if (!history.older) return lines;
    cursor = history.older;
  }
  throw new Error("does not end");
}

const shown = (line: HistoryLine) =>
  line.kind === "spend" ? `${line.day} ${line.amountNano} ${line.calls}` : `${line.type} ${line.reason}`;

describe("history", () => {
  it("shows a purchase with its receipt, the bonus beside it, and nobody else's", async () => {
    const [ctx, stranger] = [await shop.newBuyer(), await shop.newBuyer()];
    const { url, purchaseId } = await startPurchase(ctx, { packId: "pack_20" });
    await shop.pay(url);
    const { checkoutSessionId } = await db().purchase.findUniqueOrThrow({ where: { id: purchaseId } });
    await finishPurchase(ctx, { sessionId: checkoutSessionId ?? "" });
    const { lines, older } = await listTransactions(ctx, zone);
    expect(older).toBeNull();
    expect(lines).toMatchObject([
      { type: "grant:bonus", amountNano: NANO_PER_USD, balanceAfterNano: 21n * NANO_PER_USD },
      {
        type: "grant:purchase",
        amountNano: 20n * NANO_PER_USD,
        balanceAfterNano: 20n * NANO_PER_USD,
        purchaseId,
      },
    ]);
    expect(lines[1]).toMatchObject({ receiptUrl: expect.stringContaining("/receipts/ch_") });
    expect((await listTransactions(stranger, zone)).lines).toEqual([]);

    const [, purchase] = lines;
    const id = purchase?.kind === "transaction" ? String(purchase.id) : "";
    const transaction = await getTransaction(ctx, { id });
    expect(transaction.entries).toEqual([
      { account: "wallet", amountNano: 20n * NANO_PER_USD },
      { account: "stripe_clearing", amountNano: -20n * NANO_PER_USD },
    ]);
    expect(transaction).toMatchObject({
      key: expect.stringMatching(/^stripe:pi_/),
      actor: `user:${ctx.actor.userId}`,
    });
    for (const [who, what] of [
      [stranger, id],
      [ctx, "999999999"],
      [ctx, "0"],
      [ctx, ""],
      [ctx, "1; DROP TABLE users"],
      [ctx, "9".repeat(40)],
    ] as const) {
      await expect(getTransaction(who, { id: what })).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("sums calls up by the reader's day and pages through both kinds without a gap or a repeat", async () => {
    const ctx = await shop.newBuyer();
    for (let n = 0; n < 9; n++) await grant(ctx, `g${n}-${ctx.workspaceId}`);
    await pool().query("SELECT 1");
    await call(ctx, "2026-10-01T23:30:00Z", 100n, 2);
    await call(ctx, "2026-10-01T10:00:00Z", 50n);
    await call(ctx, "2026-10-02T00:00:00Z", 7n);
    await call(ctx, "2026-03-05T12:00:00Z", 3n);
    await call(ctx, "2024-02-29T12:00:00Z", 1n);
    await call(ctx, "2024-02-28T12:00:00Z", 0n);
    const whole = (await allLines(ctx, 100)).map(shown);
    expect(whole).toHaveLength(9 + 4);
    expect(whole.slice(-4)).toEqual([
      "2026-10-02 -7 1",
      "2026-10-01 -150 3",
      "2026-03-05 -3 1",
      "2024-02-29 -1 1",
    ]);
    for (const limit of [1, 2, 3, 5, 12, 13]) expect((await allLines(ctx, limit)).map(shown)).toEqual(whole);
    const inTokyo = (await allLines(ctx, 4, "Asia/Tokyo")).map(shown).slice(-4);
    expect(inTokyo).toEqual(["2026-10-02 -107 3", "2026-10-01 -50 1", "2026-03-05 -3 1", "2024-02-29 -1 1"]);
  });

  it("puts the day's calls above what was booked before the last of them", async () => {
    const ctx = await shop.newBuyer();
    await grant(ctx, `before-${ctx.workspaceId}`);
    const { rows } = await pool().query<{ bucket: Date }>(
      "SELECT date_bin('15 minutes', now(), 'epoch') AS bucket",
    );
    await call(ctx, rows[0]?.bucket.toISOString() ?? "", 5n);
    const kinds = (await listTransactions(ctx, zone)).lines.map(({ kind }) => kind);
    expect(kinds).toEqual(["spend", "transaction"]);
  });

  it("refuses a cursor that is none", async () => {
    const ctx = await shop.newBuyer();
    for (const cursor of [
      "",
      "x",
      "2026-99-99T00:00:00.000Z_1",
      "2026-10-01T00:00:00.000Z_x",
      "0000-01-01T00:00:00.000Z_1",
      "_",
    ]) {
      await expect(listTransactions(ctx, { ...zone, cursor })).rejects.toBeInstanceOf(AppError);
    }
  });
});
