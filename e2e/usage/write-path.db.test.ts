import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedCall, grant, makeWorld, usageOf, type World } from "@/e2e/ledger/world";
import { closeDb, pool } from "@/lib/db";
import { newId } from "@/lib/ids";
import { checkLedger } from "@/lib/ledger/check-ledger";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { recordRefused, settle } from "@/lib/ledger/settle";
import { LATENCY_BOUNDS_MS, latencyPercentile, readHistogram } from "@/lib/usage/latency-histogram";
import { UNKNOWN_MODEL, type UsageCall } from "@/lib/usage/types";

let world: World;

beforeAll(async () => {
  world = await makeWorld();
  await grant(world, 1_000_000_000n);
});
afterAll(async () => {
  await closeHotPool();
  await closeDb();
});

async function call(changes: Partial<UsageCall>, costNano = 1_000n): Promise<UsageCall> {
  const request = fixedCall(world, 100_000n);
  expect(await reserve(request)).toMatchObject({ admitted: true });
  const usage = usageOf(world, changes);
  await settle({ holdId: request.holdId, workspaceId: world.workspaceId, costNano, usage });
  return usage;
}

interface Rollup {
  calls: bigint;
  first_byte_hist: string;
  total_hist: string;
  timed_tokens: bigint;
  timed_ms: bigint;
  max_cost_nano: bigint;
  max_total_ms: number;
  cache_write_tokens: bigint;
  model_id: string;
}

const rollups = async (modelId: string) =>
  (
    await pool().query<Rollup>("SELECT * FROM usage_rollups WHERE workspace_id = $1 AND model_id = $2", [
      world.workspaceId,
      modelId,
    ])
  ).rows;

/** Rollups and what they must be by the rows; both empty where they agree. */
async function differences(): Promise<unknown[]> {
  const { rows } = await pool().query(
    `WITH want AS (SELECT * FROM usage.sum_calls($1, '-infinity', 'infinity')),
          have AS (SELECT * FROM usage_rollups WHERE workspace_id = $1 AND calls > 0)
     (SELECT * FROM want EXCEPT SELECT * FROM have) UNION ALL (SELECT * FROM have EXCEPT SELECT * FROM want)`,
    [world.workspaceId],
  );
  return rows;
}

describe("the settle", () => {
  it("uses the same bounds as the readers", async () => {
    const { rows } = await pool().query<{ bounds: number[] }>("SELECT usage.latency_bounds() AS bounds");
    expect(rows[0]?.bounds).toEqual(LATENCY_BOUNDS_MS);
    for (const ms of [0, 1, 9, 10, 1_000, 99_999, 2_000_000]) {
      const { rows: units } = await pool().query<{ unit: string }>("SELECT usage.latency($1)::text AS unit", [
        ms,
      ]);
      const bucket = LATENCY_BOUNDS_MS.filter((bound) => bound <= ms).length;
      expect(units[0]?.unit).toBe(`1${"0".repeat(12 * bucket)}`);
    }
  });

  it("writes histograms, speed, cache writes and the greatest with the sums, as the rows say", async () => {
    const modelId = "test/speed";
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        call(
          {
            modelId,
            streamed: i % 2 === 0,
            firstByteMs: 100 + i,
            totalMs: 1_100 + i,
            outputTokens: 50,
            cacheWrite5mTokens: 3,
            cacheWrite1hTokens: 4,
          },
          BigInt(i),
        ),
      ),
    );
    await call({ modelId, streamed: true, firstByteMs: null, totalMs: 7, outputTokens: 0 });
    const found = await rollups(modelId);
    const sum = (pick: (row: Rollup) => bigint) => found.reduce((total, row) => total + pick(row), 0n);
    expect(sum((row) => row.calls)).toBe(101n);
    expect(sum((row) => row.cache_write_tokens)).toBe(700n);
    expect([sum((row) => row.timed_tokens), sum((row) => row.timed_ms)]).toEqual([2_500n, 50_000n]);
    const first = readHistogram(sum((row) => BigInt(row.first_byte_hist)).toString());
    expect(first.reduce((total, count) => total + count)).toBe(100);
    expect(latencyPercentile(first, 0.5)).toBeGreaterThan(135);
    expect(latencyPercentile(first, 0.5)).toBeLessThan(165);
    expect(found.some((row) => row.max_cost_nano === 1_000n && row.max_total_ms === 1_199)).toBe(true);
    expect(await differences()).toEqual([]);
  });

  it("keeps what was tried before, the name asked for and the program's own words", async () => {
    const attempts = [{ route: "rt_1", connection: "con_1", kind: "timeout", status: null, ms: 900 }];
    const made = await call({ attempts, askedModel: "auto", clientTitle: "My app", fallbacks: 1 });
    const { rows } = await pool().query("SELECT * FROM usage.calls WHERE request_id = $1", [made.requestId]);
    expect(rows[0]).toMatchObject({ attempts, asked_model: "auto", client_title: "My app" });
  });

  it("takes a refusal that came to nothing, and one bucket for all models that do not exist", async () => {
    const asked = Array.from({ length: 20 }, (_, i) => `no/such-${i}`);
    for (const askedModel of asked) {
      const { requestId, workspaceId, keyId, dialect, client, startedAt } = usageOf(world);
      await recordRefused({
        ...{ requestId, workspaceId, keyId, dialect, client, startedAt, askedModel },
        ...{ outcome: "refused", httpStatus: 404, errorCode: "model_not_found", totalMs: 2 },
      });
    }
    const found = await rollups(UNKNOWN_MODEL);
    expect(found.reduce((total, row) => total + row.calls, 0n)).toBe(20n);
    expect(found.length).toBeLessThanOrEqual(2);
    const { rows } = await pool().query<{ asked_model: string }>(
      "SELECT asked_model FROM usage.calls WHERE workspace_id = $1 AND model_id = $2 ORDER BY created_at",
      [world.workspaceId, UNKNOWN_MODEL],
    );
    expect(rows.map((row) => row.asked_model)).toEqual(asked);
    expect(await differences()).toEqual([]);
  });

  it("after the reaper replaces its share of every sum, of folded days too", async () => {
    const modelId = "test/reaped";
    const request = fixedCall(world, 100_000n);
    await reserve(request);
    const usage = usageOf(world, { modelId, streamed: true, firstByteMs: 10, totalMs: 20, outcome: "ok" });
    await pool().query(
      "UPDATE holds SET checkpoint = $2, checkpoint_nano = 7, created_at = now() - interval '1 hour', instance_id = 'gone' WHERE id = $1",
      [request.holdId, JSON.stringify(usage)],
    );
    await pool().query("SELECT ledger.reap('1 second', 10)");
    const [reaped] = await rollups(modelId);
    expect(reaped).toMatchObject({ calls: 1n });
    await pool().query(
      `INSERT INTO usage_days (workspace_id, zone, day_start, key_id, model_id, client, dialect, outcome, calls, input_tokens,
           cached_tokens, output_tokens, reasoning_tokens, cost_nano, first_byte_ms_sum, total_ms_sum, cache_write_tokens,
           timed_tokens, timed_ms, max_cost_nano, max_total_ms, first_byte_hist, total_hist)
       SELECT workspace_id, 'UTC', date_trunc('day', bucket), key_id, model_id, client, dialect, outcome, calls, input_tokens,
           cached_tokens, output_tokens, reasoning_tokens, cost_nano, first_byte_ms_sum, total_ms_sum, cache_write_tokens,
           timed_tokens, timed_ms, max_cost_nano, max_total_ms, first_byte_hist, total_hist
         FROM usage_rollups WHERE workspace_id = $1 AND model_id = $2`,
      [world.workspaceId, modelId],
    );
    await pool().query(
      "INSERT INTO usage_zones (workspace_id, zone, folded_to) VALUES ($1, 'UTC', 'infinity')",
      [world.workspaceId],
    );
    await settle({ holdId: request.holdId, workspaceId: world.workspaceId, costNano: 9n, usage });
    const left = await pool().query("SELECT * FROM usage_days WHERE workspace_id = $1", [world.workspaceId]);
    expect(left.rows).toHaveLength(1);
    expect(left.rows[0]).toMatchObject({ calls: 0n, cost_nano: 0n, total_hist: "0", timed_ms: 0n });
    const now = await rollups(modelId);
    expect(now.reduce((total, row) => total + row.calls, 0n)).toBe(1n);
    expect(await differences()).toEqual([]);
    expect(await checkLedger()).toEqual([]);
  });

  it("does not let a bad member's request id fail its neighbours", async () => {
    const good = call({ modelId: "test/neighbour" });
    const bad = recordRefused({ ...usageOf(world), requestId: newId("req"), totalMs: Number.NaN });
    await expect(bad).rejects.toThrow();
    await good;
    expect(await rollups("test/neighbour")).toHaveLength(1);
  });
});
