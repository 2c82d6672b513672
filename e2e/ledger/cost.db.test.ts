import { afterAll, expect, test } from "vitest";
import { fixedCall, grant, makeWorld, usageOf } from "@/e2e/ledger/world";
import { closeDb, pool } from "@/lib/db";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { settle } from "@/lib/ledger/settle";

afterAll(async () => {
  await closeHotPool();
  await closeDb();
});

const TABLES = ["holds", "keys", "wallets", "key_meters", "lots"];
const CALLS = 200;
const AT_ONCE = 20;

interface Reads {
  whole: bigint;
  rows: bigint;
  holds: bigint;
}

/** Rows read so far: by reading tables from end to end, and through indexes. */
async function reads(): Promise<Reads> {
  const { rows } = await pool().query<Reads>(
    `SELECT sum(seq_tup_read)::bigint AS whole, sum(idx_tup_fetch)::bigint AS rows,
        sum(n_tup_ins) FILTER (WHERE relname = 'holds')::bigint AS holds
      FROM pg_stat_user_tables WHERE relname = ANY($1)`,
    [TABLES],
  );
  if (!rows[0]) throw new Error("no statistics");
  return rows[0];
}

/** Sessions report what they read about once a second. */
async function readsAfter(holds: bigint): Promise<Reads> {
  await expect.poll(async () => (await reads()).holds, { timeout: 20_000, interval: 200 }).toBe(holds);
  return reads();
}

test("a call reads as little among many holds, open ones and closed, as among few, with plans made while there were none", async () => {
  const world = await makeWorld();
  await grant(world, 1_000_000_000n);
  const call = async () => {
    const request = fixedCall(world, 1_000n);
    await reserve(request);
    const { holdId, workspaceId } = request;
    await settle({ holdId, workspaceId, costNano: 400n, usage: usageOf(world) });
  };
  const callsTake = async () => {
    for (let i = 0; i < CALLS / AT_ONCE; i++) await Promise.all(Array.from({ length: AT_ONCE }, call));
  };

  const { holds = 0n } = await reads();
  await callsTake();
  const before = await readsAfter(holds + BigInt(CALLS));
  await pool().query(
    `INSERT INTO holds (id, workspace_id, key_id, instance_id, amount_nano, status, closed_at)
      SELECT 'hold_many' || n, 'ws_other', 'key_other', $1, 0, s.status::hold_status,
        CASE WHEN s.status = 'settled' THEN now() END
      FROM generate_series(1, 20000) n CROSS JOIN LATERAL (SELECT CASE WHEN n % 4 = 0 THEN 'open' ELSE 'settled' END AS status) s`,
    [world.instanceId],
  );
  await pool().query(
    `INSERT INTO keys (id, workspace_id, name, updated_at)
      SELECT 'key_many' || n, $1, 'many', now() FROM generate_series(1, 5000) n`,
    [world.workspaceId],
  );
  const between = await readsAfter(holds + BigInt(CALLS) + 20_000n);
  await callsTake();
  const after = await readsAfter(holds + BigInt(2 * CALLS) + 20_000n);
  expect(after.whole - between.whole).toBe(0n);
  // Its hold when it is closed, and its share of what each batch reads of wallet, key, meter and lot.
  expect(Number(after.rows - between.rows) / CALLS).toBeLessThan(8);
  expect(Number(before.rows)).toBeGreaterThan(0);
}, 90_000);
