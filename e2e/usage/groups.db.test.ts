import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, type World } from "@/e2e/ledger/world";
import { insertCalls, type TestCall } from "@/e2e/usage/insert-calls";
import type { Ctx } from "@/lib/actor";
import { closeDb, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { listSpendDays } from "@/lib/ledger/list-spend-days";
import { foldDays } from "@/lib/usage/fold-days";
import { listCalls } from "@/lib/usage/list-calls";
import { listFilterChoices } from "@/lib/usage/list-filter-choices";
import { noteOwnZones, noteZone } from "@/lib/usage/note-zones";
import type { CallFilters } from "@/lib/usage/parse-filters";
import { parseRange } from "@/lib/usage/parse-range";
import { spendBetween } from "@/lib/usage/spend-between";
import { spendByKey } from "@/lib/usage/spend-by-key";
import {
  MOST_GROUPS,
  REST_GROUP,
  summarizeUsage,
  USAGE_GROUPS,
  USAGE_MEASURES,
  type UsageGroupBy,
} from "@/lib/usage/summarize-usage";
import { dayAt } from "@/lib/usage/zone-days";

/** Clocks that change by an hour, by half an hour, that stand on a half or a quarter, and that never change. */
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Australia/Adelaide",
  "America/St_Johns",
  "Pacific/Chatham",
];
const NOW = new Date("2026-11-20T12:07:00Z");
const MINUTE = 60_000;
const CLIENTS = ["lobechat", "cursor", "curl"];
const DIALECTS = ["chat", "responses", "messages"] as const;
const OUTCOMES = ["ok", "ok", "ok", "cut", "upstream_error", "cancelled", "refused"] as const;

let world: World;
let ctx: Ctx;
let made: TestCall[];

beforeAll(async () => {
  world = await makeWorld();
  ctx = { actor: { kind: "cli" }, workspaceId: world.workspaceId, requestId: "req_test" };
  made = Array.from({ length: 3_000 }, (_, i) => {
    const outcome = OUTCOMES[(i * 5) % OUTCOMES.length] ?? "ok";
    return {
      requestId: newId("req"),
      workspaceId: world.workspaceId,
      keyId: world.keyId,
      at: new Date(NOW.getTime() - i * 67 * MINUTE),
      modelId: `model/${(i * i) % 70}`,
      client: CLIENTS[i % 3] ?? "curl",
      dialect: DIALECTS[(i * 7) % 3] ?? "chat",
      outcome,
      streamed: true,
      costNano: BigInt((i * 7_919) % 100_000) * 1_000n + 1n,
      inputTokens: i % 100,
      cachedTokens: i % 7,
      outputTokens: i % 50,
      firstByteMs: outcome === "refused" ? null : 100 + ((i * 37) % 900),
      totalMs: 200 + ((i * 101) % 9_000),
    };
  });
  await insertCalls(made);
});
afterAll(closeDb);

const nameOf: Record<UsageGroupBy, (call: TestCall) => string> = {
  model: (call) => call.modelId ?? "",
  key: (call) => call.keyId,
  client: (call) => call.client ?? "",
  dialect: (call) => call.dialect ?? "",
  status: (call) => call.outcome ?? "",
};
const cost = (calls: TestCall[]) => calls.reduce((sum, call) => sum + (call.costNano ?? 0n), 0n);
const percentile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

async function checkSums(zone: string): Promise<void> {
  for (const input of [
    { range: "90d" },
    { from: "2026-09-30", to: "2026-11-05" },
    { from: "2026-10-04", to: "2026-10-04" },
  ]) {
    const { range } = parseRange(input, zone, NOW);
    const calls = made.filter(({ at }) => at >= range.from && at < range.to);
    for (const groupBy of zone === "Europe/Berlin" ? USAGE_GROUPS : (["client"] as const)) {
      const { totals, slots, groups } = await summarizeUsage(ctx, { range, groupBy });
      const where = `${zone} ${JSON.stringify(input)} ${groupBy}`;
      expect([totals.costNano, totals.calls], where).toEqual([cost(calls), BigInt(calls.length)]);
      for (const { from, to, day, sums } of slots) {
        const own = calls.filter(({ at }) => at >= from && at < to);
        expect([sums.costNano, sums.calls], `${where} ${day}`).toEqual([cost(own), BigInt(own.length)]);
      }
      for (const group of groups.filter(({ id }) => id !== REST_GROUP)) {
        expect(group.sums.costNano, `${where} ${group.id}`).toBe(
          cost(calls.filter((call) => nameOf[groupBy](call) === group.id)),
        );
      }
    }
  }
}

describe("sums by anything, in any zone", () => {
  it("are right from quarters of an hour, on days of 23, 24, 24.5 and 25 hours", async () => {
    for (const zone of ZONES) await checkSums(zone);
  }, 60_000);

  it("are the same when the days are folded, wholly or half", async () => {
    for (const zone of ZONES.slice(0, 8)) await noteZone(ctx, zone);
    await noteOwnZones();
    for (const upTo of ["2026-10-20T05:00:00Z", "2026-11-20T12:00:00Z"]) {
      await foldDays(new Date(upTo));
      const { rows } = await pool().query("SELECT folded_to FROM usage_zones WHERE workspace_id = $1", [
        world.workspaceId,
      ]);
      expect(rows.length).toBeGreaterThan(5);
      expect(rows.every((row) => row.folded_to !== null)).toBe(true);
      for (const zone of ZONES) await checkSums(zone);
    }
    const { rows } = await pool().query("SELECT count(*)::int AS n FROM usage_days WHERE workspace_id = $1", [
      world.workspaceId,
    ]);
    expect(rows[0].n).toBeGreaterThan(1_000);
  }, 120_000);

  it("between any instants stay exact over folded days", async () => {
    for (let i = 0; i < 30; i++) {
      const from = new Date(NOW.getTime() - ((i * 7_919_111) % 9_000_000) * 1_000);
      const to = new Date(from.getTime() + ((i * 104_729) % 2_000_000) * 1_000);
      const { costNano } = await spendBetween(ctx, { from, to });
      expect(costNano).toBe(cost(made.filter(({ at }) => at >= from && at < to)));
    }
  });
});

describe("what other pages sum up", () => {
  it("the days of spend and a key's month are the same from folded days", async () => {
    for (const timeZone of ["Europe/Berlin", "Asia/Kathmandu", "Pacific/Chatham"]) {
      const lines = await listSpendDays(world.workspaceId, {
        timeZone,
        before: undefined,
        floor: undefined,
        limit: 400,
      });
      const days = new Map<string, bigint>();
      for (const call of made) {
        const day = dayAt(call.at, timeZone);
        days.set(day, (days.get(day) ?? 0n) - (call.costNano ?? 0n));
      }
      const wanted = [...days].sort(([a], [b]) => (a < b ? 1 : -1));
      expect(lines.map((line) => [line.day, line.amountNano])).toEqual(wanted);
      for (const [i, line] of lines.entries()) {
        expect(dayAt(line.at, timeZone)).toBe(line.day);
        if (i > 0) expect(line.at < (lines[i - 1]?.at ?? 0)).toBe(true);
      }
      const [spent] = await spendByKey(ctx, { keyIds: [world.keyId], timeZone, now: NOW });
      const month = wanted.filter(([day]) => day.startsWith("2026-11"));
      expect(spent?.monthNano).toBe(-month.reduce((sum, [, nano]) => sum + nano, 0n));
      expect(spent?.todayNano).toBe(-(days.get(dayAt(NOW, timeZone)) ?? 0n));
    }
  });
});

describe("groups", () => {
  const { range } = parseRange({ range: "90d" }, "Europe/Berlin", NOW);

  it("past the fiftieth are one, by every measure in its order", async () => {
    const calls = made.filter(({ at }) => at >= range.from && at < range.to);
    const models = new Set(calls.map((call) => call.modelId)).size;
    for (const measure of USAGE_MEASURES) {
      const { groups, restGroups, totals } = await summarizeUsage(ctx, { range, groupBy: "model", measure });
      if (models > MOST_GROUPS) {
        expect(groups).toHaveLength(MOST_GROUPS + 1);
        expect(groups.at(-1)?.id).toBe(REST_GROUP);
      }
      expect(restGroups).toBe(Math.max(0, models - MOST_GROUPS));
      expect(groups.reduce((sum, { sums }) => sum + sums.costNano, 0n)).toBe(totals.costNano);
      const sizes = groups
        .filter(({ id }) => id !== REST_GROUP)
        .map(({ sums }) =>
          measure === "spend" ? sums.costNano : measure === "errors" ? sums.failed : sums.calls,
        );
      if (measure !== "tokens")
        expect(sizes).toEqual([...sizes].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
    }
  });

  it("have percentiles within a fifth of the true ones, and none where nothing was answered", async () => {
    const calls = made.filter(({ at }) => at >= range.from && at < range.to);
    const { groups } = await summarizeUsage(ctx, { range, groupBy: "client", measure: "latency" });
    expect(groups).toHaveLength(3);
    for (const { id, speed } of groups) {
      const own = calls.filter((call) => call.client === id);
      const first = own.flatMap(({ firstByteMs }) => firstByteMs ?? []);
      const total = own
        .filter(({ outcome }) => outcome === "ok" || outcome === "cut")
        .map((call) => call.totalMs ?? 0);
      for (const [found, exact] of [
        [speed.firstByteP50Ms, percentile(first, 0.5)],
        [speed.firstByteP95Ms, percentile(first, 0.95)],
        [speed.totalP50Ms, percentile(total, 0.5)],
        [speed.totalP95Ms, percentile(total, 0.95)],
      ] as const) {
        expect(Math.abs((found ?? 0) - exact) / exact, `${id} ${found} ${exact}`).toBeLessThan(0.19);
      }
    }
    const byStatus = await summarizeUsage(ctx, { range, groupBy: "status" });
    expect(byStatus.groups.find(({ id }) => id === "refused")?.speed).toMatchObject({
      firstByteP50Ms: null,
      totalP50Ms: null,
      tokensPerSecond: null,
    });
  });

  it("to choose from are those of the time", async () => {
    const choices = await listFilterChoices(ctx, range);
    expect(choices.clients).toEqual([...CLIENTS].sort());
    expect(choices.keys).toHaveLength(1);
  });
});

describe("the list of calls", () => {
  it("finds every call of a kind, however rare, back and forth, with the days folded", async () => {
    const filters: [CallFilters, (call: TestCall) => boolean][] = [
      [{ client: "cursor" }, (call) => call.client === "cursor"],
      [
        { dialect: "messages", status: "cut" },
        (call) => call.dialect === "messages" && call.outcome === "cut",
      ],
      [{ minCostNano: 99_000_001n }, (call) => (call.costNano ?? 0n) >= 99_000_001n],
      [{ minTotalMs: 9_150 }, (call) => (call.totalMs ?? 0) >= 9_150],
      [
        { minTotalMs: 8_000, minCostNano: 60_000_000n, client: "curl" },
        (call) =>
          (call.totalMs ?? 0) >= 8_000 && (call.costNano ?? 0n) >= 60_000_000n && call.client === "curl",
      ],
      [{ minTotalMs: 1_000_000 }, () => false],
      [{ modelId: "model/49" }, (call) => call.modelId === "model/49"],
    ];
    for (const [filter, matches] of filters) {
      const expected = made.filter(matches).map((call) => call.requestId);
      const where = JSON.stringify(filter, (_, value) => (typeof value === "bigint" ? String(value) : value));
      const pages: (string | undefined)[][] = [];
      let [cursor, back]: [string | undefined, string | null] = [undefined, null];
      do {
        const page = await listCalls(ctx, { filters: filter, limit: 100, cursor });
        pages.push(page.calls.map((call) => call.requestId));
        [cursor, back] = [page.older ?? undefined, page.newer];
      } while (cursor);
      expect(pages.flat(), where).toEqual(expected);
      for (let at = pages.length - 2; at >= 0 && back; at--) {
        const page = await listCalls(ctx, { filters: filter, limit: 100, cursor: back });
        expect(
          page.calls.map((call) => call.requestId),
          where,
        ).toEqual(pages[at]);
        back = page.newer;
      }
    }
  }, 60_000);
});
