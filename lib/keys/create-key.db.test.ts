import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/actor";
import { closeDb, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create-key";
import { getKey } from "@/lib/keys/get-key";
import { rotateKey } from "@/lib/keys/rotate-key";
import { makeCtx, makeModel, refusal } from "@/lib/keys/test-workspace";
import { makeKey } from "@/lib/keys/token";

let ctx: Ctx;
beforeAll(async () => {
  ctx = await makeCtx();
  await makeModel("test/known");
});
afterAll(closeDb);

describe("a new key", () => {
  it("is stored as a digest alone: no dump of any table holds the secret", async () => {
    const { key, secret } = await createKey(ctx, { name: "  laptop " });
    const rotated = await rotateKey(ctx, { keyId: key.id, overlapSeconds: 3600 });
    const tables = await pool().query<{ schema: string; name: string }>(
      `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
        WHERE table_schema IN ('public', 'ledger', 'usage') AND table_type = 'BASE TABLE'`,
    );
    let dumped = 0;
    for (const { schema, name } of tables.rows) {
      const rows = await pool().query<{ text: string }>(
        `SELECT t::text AS text FROM "${schema}"."${name}" t`,
      );
      dumped += rows.rows.length;
      const dump = rows.rows.map(({ text }) => text).join("\n");
      for (const one of [secret, rotated.secret]) {
        expect(dump, `${schema}.${name}`).not.toContain(one);
        expect(dump, `${schema}.${name}`).not.toContain(one.slice(6, -6));
      }
    }
    expect(dumped).toBeGreaterThan(4);
    expect(key.name).toBe("laptop");
    const view = await getKey(ctx, { keyId: key.id });
    expect(view.status).toBe("rotating");
    expect(view.secrets.map(({ lastFour }) => lastFour)).toEqual([
      rotated.secret.slice(-4),
      secret.slice(-4),
    ]);
  });

  it("takes a name that is text and nothing else", async () => {
    for (const name of [
      "",
      "   ",
      "x".repeat(81),
      "x".repeat(10_000),
      "a\nb",
      "a\u0000b",
      "a\u202eb",
      "\ud800",
    ]) {
      expect(await refusal(createKey(ctx, { name })), JSON.stringify(name.slice(0, 20))).toMatch(
        /^ZodError .*"name"/,
      );
    }
    for (const name of [
      "<script>alert(1)</script>",
      "'; DROP TABLE keys; --",
      "ключ 鍵 🔑",
      "x".repeat(80),
    ]) {
      const { key } = await createKey(ctx, { name });
      expect((await getKey(ctx, { keyId: key.id })).name).toBe(name);
    }
  });

  it("refuses limits that make no sense, by their field", async () => {
    const cases: [Parameters<typeof createKey>[1], RegExp][] = [
      [{ name: makeKey("inference") }, /nameHoldsKey/],
      [{ name: "a", totalBudgetNano: 0n }, /totalBudgetNano.*amountPositive|amountPositive.*totalBudgetNano/],
      [{ name: "a", totalBudgetNano: -1n }, /amountPositive/],
      [{ name: "a", totalBudgetNano: 9_223_372_036_854_775_808n }, /amountTooLarge/],
      [{ name: "a", periodBudgetNano: 5n }, /budgetNeedsPeriod period/],
      [{ name: "a", period: "day" }, /periodNeedsBudget periodBudgetNano/],
      [{ name: "a", expiresAt: new Date(Date.now() - 1_000) }, /inThePast expiresAt/],
      [{ name: "a", expiresAt: new Date("2999-01-01") }, /expiryTooFar expiresAt/],
      [{ name: "a", expiresAt: new Date("nonsense") }, /expiresAt/],
      [{ name: "a", requestsPerMinute: 0 }, /requestsPerMinute/],
      [{ name: "a", requestsPerMinute: 1.5 }, /requestsPerMinute/],
      [{ name: "a", tokensPerMinute: 3_000_000_000 }, /tokensPerMinute/],
      [{ name: "a", maxParallel: -1 }, /maxParallel/],
      [{ name: "a", models: ["test/unknown"] }, /unknownModel models/],
      [{ name: "a", models: ["a\u0000b"] }, /modelPattern/],
      [{ name: "a", models: ["gpt-4?"] }, /modelPattern/],
      [{ name: "a", models: [`${makeKey("inference")}*`] }, /modelPattern/],
      [{ name: "a", ipRanges: ["300.1.1.1"] }, /ipRange/],
    ];
    for (const [input, expected] of cases) expect(await refusal(createKey(ctx, input))).toMatch(expected);
  });

  it("keeps its limits as they were given", async () => {
    const expiresAt = new Date(Date.now() + 86_400_000);
    const limits = {
      models: ["test/known", "no-such-provider/*", "*"],
      ipRanges: ["10.1.2.3/8", "::ffff:192.0.2.1", "2001:db8::1/32", "0.0.0.0/0"],
      totalBudgetNano: 9_223_372_036_854_775_807n,
      periodBudgetNano: 1n,
      period: "week" as const,
      requestsPerMinute: 60,
      tokensPerMinute: 100_000,
      maxParallel: 4,
      maxRequestNano: 250_000_000n,
      expiresAt,
    };
    const { key } = await createKey(ctx, { name: "limited", ...limits });
    const view = await getKey(ctx, { keyId: key.id });
    expect(view.limits).toEqual({
      ...limits,
      ipRanges: ["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/32", "0.0.0.0/0"],
    });
    expect(view.meter.periodEndsAt?.getUTCDay()).toBe(1);
    expect(view.meter.periodEndsAt?.toISOString()).toMatch(/T00:00:00\.000Z$/);
  });

  it("needs a verified person", async () => {
    const visitor = await makeCtx(false);
    expect(await refusal(createKey(visitor, { name: "a" }))).toBe("not_verified notVerified");
    expect(
      await refusal(createKey({ ...ctx, actor: { kind: "key", keyId: newId("key") } }, { name: "a" })),
    ).toBe("forbidden forbidden");
  });
});
