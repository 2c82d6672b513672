import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorld, type World } from "@/e2e/ledger/world";
import { insertCalls } from "@/e2e/usage/insert-calls";
import { closeDb, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { dropOldCallsJob } from "@/lib/jobs/drop-old-calls";
import { makePartitionsJob } from "@/lib/jobs/make-partitions";
import { measureRoutesJob } from "@/lib/jobs/measure-routes";
import { foldDays } from "@/lib/usage/fold-days";
import { readModelHealth, readRouteHealth } from "@/lib/usage/model-health";
import { noteOwnZones, noteZone } from "@/lib/usage/note-zones";
import { proveRollups } from "@/lib/usage/prove-rollups";
import { setRetention } from "@/lib/usage/set-retention";
import { dayAt, dayStart, sameZone } from "@/lib/usage/zone-days";

const NOW = new Date();
const HOUR = 3_600_000;
let world: World;

const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR);
const insert = (hours: number[], changes = {}) =>
  insertCalls(
    hours.map((hour, i) => ({
      workspaceId: world.workspaceId,
      keyId: world.keyId,
      at: ago(hour),
      costNano: BigInt(i + 1),
      ...changes,
    })),
  );

/** Folded days against the quarters they are made of. */
async function wrongDays(name: string): Promise<unknown[]> {
  const zone = sameZone(name);
  if (!zone) throw new Error(`no zone ${name}`);
  const { rows } = await pool().query<{ day: Date; calls: bigint; cost: bigint; hist: string }>(
    `SELECT day_start AS day, sum(calls)::bigint AS calls, sum(cost_nano)::bigint AS cost, sum(total_hist)::text AS hist
       FROM usage_days WHERE workspace_id = $1 AND zone = $2 GROUP BY 1 ORDER BY 1`,
    [world.workspaceId, zone],
  );
  const { rows: quarters } = await pool().query<{ bucket: Date; calls: bigint; cost: bigint; hist: string }>(
    `SELECT bucket, sum(calls)::bigint AS calls, sum(cost_nano)::bigint AS cost, sum(total_hist)::text AS hist
       FROM usage_rollups WHERE workspace_id = $1 AND bucket < (SELECT folded_to FROM usage_zones WHERE workspace_id = $1 AND zone = $2)
       GROUP BY 1`,
    [world.workspaceId, zone],
  );
  const days = new Map<number, [bigint, bigint, bigint]>();
  for (const { bucket, calls, cost, hist } of quarters) {
    const start = dayStart(dayAt(bucket, zone), zone).getTime();
    const [a, b, c] = days.get(start) ?? [0n, 0n, 0n];
    days.set(start, [a + calls, b + cost, c + BigInt(hist)]);
  }
  const wanted = [...days].sort(([a], [b]) => a - b).map(([day, sums]) => [day, ...sums].join(" "));
  const found = rows.map((row) => [row.day.getTime(), row.calls, row.cost, row.hist].join(" "));
  return wanted.length === 0 || wanted.join() !== found.join() ? [{ wanted, found }] : [];
}

beforeAll(async () => {
  world = await makeWorld();
  await insert(Array.from({ length: 400 }, (_, i) => 1 + i * 5.77));
});
afterAll(closeDb);

describe("folding", () => {
  it("sums up finished days of every zone that is looked at, and again when there is more", async () => {
    const zones = ["Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"];
    for (const zone of zones) await noteZone(world, zone);
    await noteOwnZones();
    await foldDays(ago(30 * 24));
    await foldDays(NOW);
    for (const zone of ["UTC", ...zones]) expect(await wrongDays(zone), zone).toEqual([]);
    expect(await foldDays(NOW)).toBe(0);
  });

  it("keeps to a few zones per workspace, and forgets one that nobody asked for in a month", async () => {
    for (const zone of Intl.supportedValuesOf("timeZone").slice(0, 30)) await noteZone(world, zone);
    const count = async () =>
      Number(
        (
          await pool().query("SELECT count(*) AS n FROM usage_zones WHERE workspace_id = $1", [
            world.workspaceId,
          ])
        ).rows[0].n,
      );
    expect(await count()).toBeLessThanOrEqual(9);
    await pool().query(
      "UPDATE usage_zones SET asked_at = now() - interval '31 days' WHERE workspace_id = $1",
      [world.workspaceId],
    );
    await noteOwnZones();
    expect(await count()).toBe(1);
    const { rows } = await pool().query("SELECT DISTINCT zone FROM usage_days WHERE workspace_id = $1", [
      world.workspaceId,
    ]);
    expect(rows).toEqual([{ zone: "UTC" }]);
  });
});

describe("proving", () => {
  it("finds rollups that say something else than their rows, repairs them and what was folded from them", async () => {
    expect(await proveRollups("full", NOW)).toMatchObject({ repaired: 0 });
    const spoils = [
      "UPDATE usage_rollups SET cost_nano = cost_nano + 1 WHERE workspace_id = $1 AND bucket = $2",
      "UPDATE usage_rollups SET total_hist = total_hist + 1 WHERE workspace_id = $1 AND bucket = $2",
      "UPDATE usage_rollups SET max_cost_nano = 0 WHERE workspace_id = $1 AND bucket = $2",
      "DELETE FROM usage_rollups WHERE workspace_id = $1 AND bucket = $2",
      "UPDATE usage_rollups SET model_id = 'forged' WHERE workspace_id = $1 AND bucket = $2",
    ];
    const { rows } = await pool().query<{ bucket: Date }>(
      "SELECT DISTINCT bucket FROM usage_rollups WHERE workspace_id = $1 AND bucket < $2 ORDER BY 1 DESC LIMIT $3",
      [world.workspaceId, ago(40), spoils.length],
    );
    for (const [i, sql] of spoils.entries()) {
      const { rowCount } = await pool().query(sql, [world.workspaceId, rows[i]?.bucket]);
      expect(rowCount, sql).toBe(1);
    }
    expect(await proveRollups("full", NOW)).toMatchObject({ repaired: spoils.length });
    expect(await proveRollups("full", NOW)).toMatchObject({ repaired: 0 });
    await foldDays(NOW);
    expect(await wrongDays("UTC")).toEqual([]);
  });

  it("looks at the last hours of every workspace that it draws", async () => {
    await pool().query(
      "UPDATE usage_rollups SET calls = calls + 1 WHERE workspace_id = $1 AND bucket = (SELECT max(bucket) FROM usage_rollups WHERE workspace_id = $1)",
      [world.workspaceId],
    );
    expect((await proveRollups("sample", NOW)).repaired).toBe(1);
  });
});

describe("months of calls", () => {
  const months = async () =>
    (
      await pool().query<{ name: string }>(
        `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
          WHERE i.inhparent = 'usage.calls'::regclass ORDER BY 1`,
      )
    ).rows.map(({ name }) => name);
  const monthName = (back: number) => {
    const at = new Date(Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth() - back, 1));
    return `calls_${at.toISOString().slice(0, 7).replace("-", "_")}`;
  };

  it("are made ahead, and dropped when they are older than what is kept; their sums stay", async () => {
    await insertCalls([
      {
        workspaceId: world.workspaceId,
        keyId: world.keyId,
        at: new Date(Date.UTC(2024, 1, 3)),
        costNano: 5n,
      },
    ]);
    await makePartitionsJob.run();
    expect(await months()).toContain(monthName(-5));
    expect(await months()).toContain("calls_2024_02");
    await dropOldCallsJob.run();
    expect(await months()).not.toContain("calls_2024_02");
    expect(await months()).toContain(monthName(1));
    const cli = { actor: { kind: "cli" }, workspaceId: "", requestId: "req_test" } as const;
    await setRetention(cli, { months: 1 });
    await expect(
      setRetention({ ...cli, actor: { kind: "key", keyId: world.keyId } }, { months: null }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await dropOldCallsJob.run();
    const left = await months();
    expect(left).toContain(monthName(1));
    expect(left).not.toContain(monthName(2));
    const { rows } = await pool().query(
      "SELECT calls FROM usage_rollups WHERE workspace_id = $1 AND bucket < '2024-03-01'",
      [world.workspaceId],
    );
    expect(rows).toEqual([{ calls: 1n }]);
    expect(await proveRollups("full", NOW)).toMatchObject({ repaired: 0 });
  });
});

describe("health", () => {
  it("counts what a route failed at, also where another one made it good, and says nothing of what it cannot know", async () => {
    const modelId = `health/${newId("req")}`;
    const first = `rt_${newId("req")}`;
    const second = `rt_${newId("req")}`;
    const at = ago(0.02);
    const base = { workspaceId: world.workspaceId, keyId: world.keyId, at, modelId, streamed: true };
    const attempt = { route: first, connection: "con_1", kind: "timeout", status: null, ms: 5 };
    await insertCalls([
      ...Array.from({ length: 8 }, () => ({
        ...base,
        routeId: first,
        connectionId: "con_1",
        firstByteMs: 200,
        totalMs: 1_200,
        outputTokens: 50,
      })),
      {
        ...base,
        routeId: second,
        connectionId: "con_2",
        attempts: [{ ...attempt, kind: "unsupported" }, attempt],
        firstByteMs: 300,
        totalMs: 800,
        outputTokens: 100,
      },
      {
        ...base,
        routeId: second,
        connectionId: "con_2",
        attempts: [attempt],
        outcome: "upstream_error",
        httpStatus: 503,
        firstByteMs: null,
      },
      { ...base, routeId: first, connectionId: "con_1", outcome: "cancelled", firstByteMs: null },
      {
        ...base,
        routeId: first,
        connectionId: "con_1",
        outcome: "upstream_error",
        httpStatus: 400,
        firstByteMs: null,
      },
    ]);
    await measureRoutesJob.run();
    await measureRoutesJob.run();
    const model = (await readModelHealth()).get(modelId);
    expect(model).toMatchObject({ calls: 10, successRate: 0.9, tokensPerSecond: 58.8 });
    expect(model?.firstByteP50Ms).toBeGreaterThan(180);
    expect(model?.firstByteP50Ms).toBeLessThan(220);
    const routes = await readRouteHealth();
    expect(routes.get(first)).toMatchObject({ calls: 10, successRate: 0.8, tokensPerSecond: 50 });
    expect(routes.get(second)).toMatchObject({ calls: 2, successRate: 0.5, tokensPerSecond: 200 });
    expect((await readModelHealth()).get("never/called")).toBeUndefined();
  });
});
