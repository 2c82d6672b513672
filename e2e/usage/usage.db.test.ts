import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grant, makeWorld, usageOf, type World } from "@/e2e/ledger/world";
import { insertCalls, type TestCall } from "@/e2e/usage/insert-calls";
import type { Ctx } from "@/lib/actor";
import { closeDb, db, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { recordRefused, settle } from "@/lib/ledger/settle";
import { findNewestCall } from "@/lib/usage/find-newest-call";
import { getCall } from "@/lib/usage/get-call";
import { listCalls } from "@/lib/usage/list-calls";
import { listFilterChoices } from "@/lib/usage/list-filter-choices";
import { readOverview } from "@/lib/usage/overview";
import type { CallFilters, StatusFilter } from "@/lib/usage/parse-filters";
import { parseRange } from "@/lib/usage/parse-range";
import { spendBetween } from "@/lib/usage/spend-between";
import { summarizeUsage } from "@/lib/usage/summarize-usage";
import { usageForCli } from "@/lib/usage/usage-for-cli";

const ctxOf = (world: World): Ctx => ({
  actor: {
    kind: "user",
    userId: "usr_test",
    email: "a@example.com",
    verified: true,
    operator: false,
    sessionId: "ses_test",
  },
  workspaceId: world.workspaceId,
  requestId: "req_test",
});

const MINUTE = 60_000;
const NOW = new Date("2026-11-20T12:07:00Z");
const MODELS = ["openai/gpt-4o", "anthropic/claude-sonnet", "rare/model"];
const OUTCOMES = ["ok", "ok", "ok", "ok", "upstream_error", "cancelled", "cut"] as const;

/** Numbers that look random and are the same every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % sides;
  };
}

let world: World;
let other: World;
let otherKey: string;
let made: TestCall[];

beforeAll(async () => {
  world = await makeWorld();
  other = await makeWorld();
  otherKey = newId("key");
  await pool().query(
    "INSERT INTO keys (id, workspace_id, name, updated_at) VALUES ($1, $2, 'second', now())",
    [otherKey, world.workspaceId],
  );
  const roll = dice(7);
  made = Array.from({ length: 900 }, (_, i) => ({
    requestId: newId("req"),
    workspaceId: world.workspaceId,
    keyId: roll(5) === 0 ? otherKey : world.keyId,
    // Many share an instant, as calls of one batch do, and many a quarter of an hour.
    at: new Date(NOW.getTime() - Math.floor(i / 3) * 173 * MINUTE),
    modelId: i % 97 === 0 ? "rare/model" : (MODELS[roll(2)] ?? "x"),
    outcome: OUTCOMES[roll(7)] ?? "ok",
    costNano: BigInt(roll(2_000_000_000)) * 1_000n + BigInt(roll(1_000)),
    inputTokens: roll(100_000),
    cachedTokens: roll(10_000),
    cacheWrite5mTokens: roll(100),
    audioInputTokens: roll(10),
    outputTokens: roll(5_000),
    reasoningTokens: roll(50),
  }));
  await insertCalls(made);
  await insertCalls(
    [1, 2, 3].map((i) => ({
      workspaceId: other.workspaceId,
      keyId: other.keyId,
      at: new Date(NOW.getTime() - i * MINUTE),
      costNano: 5n,
    })),
  );
});
afterAll(async () => {
  await closeHotPool();
  await closeDb();
});

const FAILED = ["upstream_error", "refused", "empty", "interrupted"];
const matches = (filters: CallFilters) => (call: TestCall) =>
  (!filters.keyId || call.keyId === filters.keyId) &&
  (!filters.modelId || call.modelId === filters.modelId) &&
  (!filters.status ||
    (filters.status === "failed" ? FAILED.includes(call.outcome ?? "") : call.outcome === filters.status));
const costOf = (calls: TestCall[]) => calls.reduce((sum, call) => sum + (call.costNano ?? 0n), 0n);
const FILTERS: CallFilters[] = [
  {},
  { modelId: "rare/model" },
  { status: "failed" },
  { status: "ok", modelId: "openai/gpt-4o" },
];

describe("sums", () => {
  it("over rollups equal sums over rows, by model and by key, in any zone, under any filter", async () => {
    const filters = [...FILTERS, { keyId: otherKey }];
    for (const timeZone of ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]) {
      const { range } = parseRange({ range: "30d" }, timeZone, NOW);
      for (const filter of filters) {
        const rows = made
          .filter((call) => call.at >= range.from && call.at < range.to)
          .filter(matches(filter));
        for (const groupBy of ["model", "key"] as const) {
          const { totals, slots, groups } = await summarizeUsage(ctxOf(world), {
            range,
            groupBy,
            filters: filter,
          });
          expect(totals.costNano).toBe(costOf(rows));
          expect(totals.calls).toBe(BigInt(rows.length));
          expect(totals.failed).toBe(BigInt(rows.filter(matches({ status: "failed" })).length));
          const input = rows.reduce(
            (sum, row) =>
              sum + (row.inputTokens ?? 0) + (row.cacheWrite5mTokens ?? 0) + (row.audioInputTokens ?? 0),
            0,
          );
          expect(totals.inputTokens).toBe(BigInt(input));
          for (const slot of slots) {
            const own = rows.filter((call) => call.at >= slot.from && call.at < slot.to);
            expect(slot.sums.costNano, `${timeZone} ${slot.day}`).toBe(costOf(own));
          }
          for (const group of groups) {
            const own = rows.filter((call) => (groupBy === "model" ? call.modelId : call.keyId) === group.id);
            expect(group.sums.costNano).toBe(costOf(own));
            expect(group.bySlot.reduce((sum, { costNano }) => sum + costNano, 0n)).toBe(costOf(own));
          }
          const dearest = groups.map((group) => group.sums.costNano);
          expect(dearest).toEqual([...dearest].sort((a, b) => (a < b ? 1 : -1)));
        }
      }
    }
  });

  it("between any two instants are exact, whole quarters or not", async () => {
    const roll = dice(3);
    for (let i = 0; i < 40; i++) {
      const from = new Date(NOW.getTime() - roll(40 * 86_400) * 1_000 - roll(1_000));
      const to = new Date(from.getTime() + roll(i % 2 ? 900_000 : 20 * 86_400_000));
      const filter = FILTERS[i % FILTERS.length] ?? {};
      const rows = made.filter((call) => call.at >= from && call.at < to).filter(matches(filter));
      const spend = await spendBetween(ctxOf(world), { from, to, filters: filter });
      expect(spend.costNano).toBe(costOf(rows));
      expect(spend.calls).toBe(BigInt(rows.length));
    }
    expect(await spendBetween(ctxOf(world), { from: NOW, to: NOW })).toMatchObject({ calls: 0n });
    expect(await spendBetween(ctxOf(world), { from: NOW, to: new Date(0) })).toMatchObject({ calls: 0n });
  });

  it("know a key by its name, and one that is gone by its id", async () => {
    const { range } = parseRange({ range: "30d" }, "UTC", NOW);
    const { groups } = await summarizeUsage(ctxOf(world), { range, groupBy: "key" });
    expect(groups.map((group) => group.name).sort()).toEqual(["second", "test"]);
  });

  it("for the command line agree with all others", async () => {
    const shown = await usageForCli(ctxOf(world), { days: 7, now: NOW });
    const from = new Date("2026-11-14T00:00:00Z");
    const rows = made.filter((call) => call.at >= from);
    expect(shown).toMatchObject({ fromDay: "2026-11-14", toDay: "2026-11-20" });
    expect(shown.totals.costNano).toBe(costOf(rows));
    expect(shown.days.reduce((sum, day) => sum + day.costNano, 0n)).toBe(costOf(rows));
    expect(shown.models.reduce((sum, model) => sum + model.costNano, 0n)).toBe(costOf(rows));
    expect(await usageForCli(ctxOf(world), { days: Number.NaN, now: NOW })).toMatchObject({
      fromDay: "2026-11-20",
    });
  });
});

describe("a day", () => {
  it("begins at the person's midnight, on days of 23 and 25 hours too", async () => {
    const cases: [zone: string, day: string, inside: string[], outside: string[]][] = [
      [
        "UTC",
        "2026-10-25",
        ["2026-10-25T00:00:00Z", "2026-10-25T23:59:59.999Z"],
        ["2026-10-24T23:59:59.999Z", "2026-10-26T00:00:00Z"],
      ],
      [
        "Europe/Berlin",
        "2026-10-25",
        ["2026-10-24T22:00:00Z", "2026-10-25T22:59:59.999Z"],
        ["2026-10-24T21:59:59.999Z", "2026-10-25T23:00:00Z"],
      ],
      [
        "Europe/Berlin",
        "2026-03-29",
        ["2026-03-28T23:00:00Z", "2026-03-29T21:59:59.999Z"],
        ["2026-03-28T22:59:59.999Z", "2026-03-29T22:00:00Z"],
      ],
      [
        "America/New_York",
        "2026-11-01",
        ["2026-11-01T04:00:00Z", "2026-11-02T04:59:59.999Z"],
        ["2026-11-01T03:59:59.999Z", "2026-11-02T05:00:00Z"],
      ],
      [
        "America/New_York",
        "2026-03-08",
        ["2026-03-08T05:00:00Z", "2026-03-09T03:59:59.999Z"],
        ["2026-03-08T04:59:59.999Z", "2026-03-09T04:00:00Z"],
      ],
    ];
    for (const [zone, day, inside, outside] of cases) {
      const one = await makeWorld();
      const calls = (times: string[], costNano: bigint) =>
        times.map((at) => ({ workspaceId: one.workspaceId, keyId: one.keyId, at: new Date(at), costNano }));
      await insertCalls([...calls(inside, 1n), ...calls(outside, 1_000n)]);
      const { range, problem } = parseRange({ from: day, to: day }, zone, NOW);
      expect(problem).toBeNull();
      const { totals } = await summarizeUsage(ctxOf(one), { range, groupBy: "model" });
      expect(totals.costNano, `${zone} ${day}`).toBe(BigInt(inside.length));
      const { calls: listed } = await listCalls(ctxOf(one), { from: range.from, to: range.to });
      expect(listed).toHaveLength(inside.length);
    }
  });
});

describe("the list of calls", () => {
  /** In the database's order: only it knows how it sorts ids of one instant. */
  async function newestFirst(calls: TestCall[]): Promise<string[]> {
    const { rows } = await pool().query<{ id: string }>(
      "SELECT request_id AS id FROM usage.calls WHERE workspace_id = $1 ORDER BY created_at DESC, request_id DESC",
      [world.workspaceId],
    );
    const wanted = new Set(calls.map((call) => call.requestId));
    return rows.map(({ id }) => id).filter((id) => wanted.has(id));
  }

  it("pages through every call once, newest first, and back again, under any filter", async () => {
    for (const filter of [...FILTERS, { keyId: otherKey }]) {
      const expected = await newestFirst(made.filter(matches(filter)));
      const pages: string[][] = [];
      let cursor: string | null | undefined;
      let back: string | null = null;
      do {
        const page = await listCalls(ctxOf(world), {
          filters: filter,
          limit: 40,
          cursor: cursor ?? undefined,
        });
        pages.push(page.calls.map((call) => call.requestId));
        if (pages.length === 1) expect(page.newer).toBeNull();
        cursor = page.older;
        back = page.newer;
      } while (cursor);
      expect(pages.flat(), JSON.stringify(filter)).toEqual(expected);
      for (let at = pages.length - 2; at >= 0 && back; at--) {
        const page = await listCalls(ctxOf(world), { filters: filter, limit: 40, cursor: back });
        expect(page.calls.map((call) => call.requestId)).toEqual(pages[at]);
        back = page.newer;
      }
      expect(back).toBeNull();
    }
  });

  it("keeps to its range, cut through a quarter of an hour too", async () => {
    const from = new Date("2026-11-05T03:03:03Z");
    const to = new Date("2026-11-12T10:08:00Z");
    for (const filter of FILTERS) {
      const rows = made.filter((call) => call.at >= from && call.at < to).filter(matches(filter));
      const expected = await newestFirst(rows);
      const found: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await listCalls(ctxOf(world), {
          from,
          to,
          filters: filter,
          limit: 7,
          cursor: cursor ?? undefined,
        });
        found.push(...page.calls.map((call) => call.requestId));
        cursor = page.older;
      } while (cursor);
      expect(found).toEqual(expected);
    }
  });

  it("finds a request id at any time, and nothing for what is not there", async () => {
    const wanted = made[800]?.requestId ?? "";
    const day = { from: new Date("2026-11-20T00:00:00Z"), to: new Date("2026-11-21T00:00:00Z") };
    const found = await listCalls(ctxOf(world), { ...day, filters: { requestId: wanted } });
    expect(found.calls.map((call) => call.requestId)).toEqual([wanted]);
    for (const filters of [{ requestId: "req_none" }, { keyId: "key_none" }, { modelId: "' OR 1=1 --" }]) {
      expect(await listCalls(ctxOf(world), { filters })).toEqual({ calls: [], older: null, newer: null });
    }
    expect(await listCalls(ctxOf(world), { filters: { status: "empty" as StatusFilter } })).toMatchObject({
      calls: [],
    });
  });

  it("never shows another workspace's call, whatever is asked", async () => {
    const theirs = await listCalls(ctxOf(other), {});
    expect(theirs.calls).toHaveLength(3);
    const id = theirs.calls[0]?.requestId ?? "";
    expect((await listCalls(ctxOf(world), { filters: { requestId: id } })).calls).toEqual([]);
    expect((await listCalls(ctxOf(world), { filters: { keyId: other.keyId } })).calls).toEqual([]);
    await expect(getCall(ctxOf(world), id)).rejects.toMatchObject({ code: "not_found" });
    const mine = await listCalls(ctxOf(world), { limit: 200 });
    expect(mine.calls.every((call) => made.some((one) => one.requestId === call.requestId))).toBe(true);
    const { models, keys } = await listFilterChoices(ctxOf(other), { from: new Date(0), to: new Date(4e12) });
    expect({ models, keys }).toEqual({ models: ["sandbox/echo"], keys: [{ id: other.keyId, name: "test" }] });
  });

  it("refuses a cursor of another workspace and a garbled one as bad input", async () => {
    const page = await listCalls(ctxOf(world), { limit: 2 });
    const cursor = page.older ?? "";
    for (const bad of ["", "x", `${cursor}xyz`, cursor.slice(2), "a".repeat(9_000), "\u0000"]) {
      await expect(listCalls(ctxOf(world), { cursor: bad })).rejects.toMatchObject({ code: "invalid_input" });
    }
    await expect(listCalls(ctxOf(other), { cursor })).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("takes any limit without harm", async () => {
    for (const [limit, count] of [
      [0, 1],
      [-5, 1],
      [1.9, 1],
      [1e9, 200],
    ] as const) {
      expect((await listCalls(ctxOf(world), { limit })).calls).toHaveLength(count);
    }
  });
});

describe("a call that was really made", () => {
  async function call(on: World, costNano: bigint, changes = {}) {
    const holdId = newId("hold");
    const admitted = await reserve({
      holdId,
      workspaceId: on.workspaceId,
      keyId: on.keyId,
      instanceId: on.instanceId,
      fixedPico: 50_000_000n,
      outputPico: 0n,
      inputTokens: 10,
      wantOutputTokens: 100,
      minOutputTokens: 1,
    });
    expect(admitted.admitted).toBe(true);
    const usage = usageOf(on, changes);
    await settle({ holdId, workspaceId: on.workspaceId, costNano, usage });
    return usage.requestId;
  }

  it("is in the sums, the list, the overview and its own page at once, to the unit", async () => {
    const on = await makeWorld();
    const ctx = ctxOf(on);
    const before = await readOverview(ctx, { timeZone: "Europe/Berlin", now: new Date() });
    expect(before.steps).toMatchObject({ credited: false, called: false, keyMade: true, verified: true });
    expect(before.recent).toEqual([]);
    expect(before.pace).toEqual({ perDayNano: 0n, daysLeft: null });
    expect(await findNewestCall(ctx)).toBeNull();

    await grant(on, 3_000_000_000n);
    const modelId = `test/${newId("req")}`;
    const priceId = newId("pri");
    await db().model.create({
      data: { id: modelId, displayName: "Tested", contextTokens: 1000, maxOutputTokens: 100 },
    });
    const price = {
      inputPico: 1_000_000n,
      outputPico: 2_000_500n,
      cachedInputPico: 0n,
      cacheWrite5mPico: 0n,
    };
    const rest = {
      cacheWrite1hPico: 0n,
      reasoningPico: 0n,
      audioInputPico: 0n,
      audioOutputPico: 0n,
      imageInputPico: 0n,
    };
    await db().price.create({
      data: { id: priceId, modelId, version: 3, createdBy: "cli", ...price, ...rest },
    });

    const worth = (10n * 1_000_000n + 21n * 2_000_500n + 999n) / 1000n;
    const id = await call(on, worth, { modelId, priceId, outputTokens: 21 });
    const refused = usageOf(on, {
      outcome: "refused",
      httpStatus: 404,
      errorCode: "model_not_found",
      modelId: "no/such",
    });
    await recordRefused(refused);

    const after = await readOverview(ctx, { timeZone: "Europe/Berlin", now: new Date() });
    expect(after.spans.today).toMatchObject({ costNano: worth, calls: 2n, failed: 1n });
    expect(after.spans.month).toMatchObject({ costNano: worth, calls: 2n, before: { calls: 0n } });
    expect(after.wallet.availableNano).toBe(3_000_000_000n - worth);
    expect(after.steps).toMatchObject({ credited: true, called: true });
    expect(after.recent.map((row) => row.requestId)).toEqual([refused.requestId, id]);
    expect(await findNewestCall(ctx)).toBe(refused.requestId);

    const detail = await getCall(ctx, id);
    expect(detail).toMatchObject({
      costNano: worth,
      lossNano: 0n,
      reservedNano: 50_000n,
      priceVersion: 3,
      modelName: "Tested",
    });
    expect(detail.price).toMatchObject({ linesPico: 52_010_500n, roundingPico: 500n, notChargedNano: 0n });
    expect((await getCall(ctx, refused.requestId)).price).toBeNull();
  });

  it("is not shown to anyone under a made-up id", async () => {
    for (const id of ["", "req_none", "\u0000", "' OR 1=1", "x".repeat(5_000), "../../etc/passwd"]) {
      await expect(getCall(ctxOf(world), id)).rejects.toMatchObject({ code: "not_found" });
    }
  });
});

describe("what needs a look", () => {
  it("names low and no balance, keys near their budget, old ones, expiring ones, and their absence", async () => {
    const on = await makeWorld();
    const ctx = ctxOf(on);
    const kinds = async (who: Ctx = ctx) =>
      (await readOverview(who, { timeZone: "UTC", now: new Date() })).attention.map(({ kind }) => kind);
    expect(await kinds()).toEqual([]);
    expect(await kinds({ ...ctx, actor: { ...ctx.actor, verified: false } as Ctx["actor"] })).toEqual([
      "unverified",
    ]);
    await grant(on, 500_000_000n);
    expect(await kinds()).toEqual(["lowBalance"]);
    await grant(on, 50_000_000_000n);
    expect(await kinds()).toEqual([]);

    const secret = (age: string) =>
      pool().query(
        `INSERT INTO key_secrets (id, key_id, digest, pepper_version, prefix, last_four, created_at)
         VALUES ($1, $2, $3, 1, 'sk-tg-', 'abcd', now() - $4::interval)`,
        [newId("sec"), on.keyId, Buffer.from(newId("sec")), age],
      );
    await secret("94 days 1 hour");
    const old = await readOverview(ctx, { timeZone: "UTC", now: new Date() });
    expect(old.attention).toEqual([{ kind: "keyOld", keyId: on.keyId, keyName: "test", days: 94 }]);
    await secret("1 day");
    expect(await kinds()).toEqual([]);

    await pool().query("UPDATE keys SET expires_at = now() + interval '3 days' WHERE id = $1", [on.keyId]);
    expect(await kinds()).toEqual(["keyExpiring"]);
    await pool().query(
      "UPDATE keys SET expires_at = NULL, period = 'day', period_budget_nano = 1000 WHERE id = $1",
      [on.keyId],
    );
    await pool().query(
      "UPDATE key_meters SET period_start = ledger.period_start('day', now()), period_spent_nano = 929 WHERE key_id = $1",
      [on.keyId],
    );
    const near = await readOverview(ctx, { timeZone: "UTC", now: new Date() });
    expect(near.attention).toMatchObject([{ kind: "keyBudget", percent: 92, period: "day" }]);
    await pool().query(
      "UPDATE key_meters SET period_start = period_start - interval '1 day' WHERE key_id = $1",
      [on.keyId],
    );
    expect(await kinds()).toEqual([]);
    await pool().query("UPDATE keys SET revoked_at = now() WHERE id = $1", [on.keyId]);
    expect(await kinds()).toEqual(["noKey"]);
  });

  it("sees an hour in which too much failed", async () => {
    const on = await makeWorld();
    await insertCalls(
      Array.from({ length: 10 }, (_, i) => ({
        workspaceId: on.workspaceId,
        keyId: on.keyId,
        at: new Date(),
        outcome: i < 3 ? ("upstream_error" as const) : ("ok" as const),
      })),
    );
    const { attention } = await readOverview(ctxOf(on), { timeZone: "UTC", now: new Date() });
    const failing = { modelId: "sandbox/echo", failed: 3, calls: 10 };
    expect(attention).toContainEqual({ kind: "failingModel", ...failing });
  });
});
