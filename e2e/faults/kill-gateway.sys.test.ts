import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCustomer, type Seen, startLoad } from "@/e2e/faults/load";
import { scale } from "@/e2e/harness/scale";
import { type System, startSystem } from "@/e2e/harness/system";

const KILLS = scale(5, 100);
const POSTGRES_KILLS = scale(2, 20);
const CALLERS = 12;
/** Heartbeats stop, 15 s pass, the reaper comes by. */
const REAPED_WITHIN_MS = 40_000;

let system: System;

beforeAll(async () => {
  system = await startSystem();
}, 300_000);

afterAll(() => system?.stop());

interface Line {
  request_id: string;
  lines: string;
  cost: string;
  status: string;
}

/** What the ledger holds of the calls of a key, read beside the running system. */
async function booked(): Promise<Map<string, Line>> {
  const client = new pg.Client(system.databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<Line>(
      `SELECT c.request_id, count(*)::text AS lines, sum(c.cost_nano)::text AS cost, min(h.status::text) AS status
       FROM usage.calls c LEFT JOIN holds h ON h.id = c.hold_id GROUP BY c.request_id`,
    );
    return new Map(rows.map((row) => [row.request_id, row]));
  } finally {
    await client.end();
  }
}

async function noOpenHolds(): Promise<number> {
  const client = new pg.Client(system.databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ n: string }>(
      "SELECT count(*)::text AS n FROM holds WHERE status = 'open'",
    );
    return Number(rows[0]?.n);
  } finally {
    await client.end();
  }
}

async function expectExact(seen: Seen[]): Promise<void> {
  await expect.poll(noOpenHolds, { timeout: REAPED_WITHIN_MS, interval: 500 }).toBe(0);
  const check = await system.cli("ledger", "check");
  expect(check.stdout + check.stderr).not.toMatch(/expected/i);
  expect(check.code).toBe(0);
  const lines = await booked();
  const complete = seen.filter((one) => one.complete);
  expect(complete.length).toBeGreaterThan(CALLERS);
  for (const one of complete) {
    const line = lines.get(one.requestId);
    expect(line, `the complete answer ${one.requestId} is booked`).toBeDefined();
    expect(line?.lines, `${one.requestId} is booked once`).toBe("1");
    expect(BigInt(line?.cost ?? 0), `${one.requestId} is charged`).toBeGreaterThan(0n);
    expect(line?.status).toBe("settled");
  }
}

describe("a gateway that dies under load", () => {
  test(
    `${KILLS} x kill -9 at random moments: no drift, and what a client received in full is charged exactly once`,
    async () => {
      const { key } = await makeCustomer(system, "50");
      const load = startLoad(system, key, CALLERS);
      for (let kill = 0; kill < KILLS; kill += 1) {
        await sleep(200 + Math.random() * 900);
        await system.restart("gateway");
      }
      await sleep(500);
      await expectExact(await load.stop());
    },
    120_000 + KILLS * 15_000,
  );
});

describe("a database that dies under load", () => {
  test(
    `${POSTGRES_KILLS} x immediate shutdown of Postgres: the processes stay up, and the books are exact afterwards`,
    async () => {
      const { key } = await makeCustomer(system, "50");
      const gateway = system.pidOf("gateway");
      const load = startLoad(system, key, CALLERS);
      for (let kill = 0; kill < POSTGRES_KILLS; kill += 1) {
        await sleep(500 + Math.random() * 700);
        system.killPostgres("immediate");
        await sleep(1_500);
        await system.waitReady("gateway");
      }
      await sleep(1_000);
      const seen = await load.stop();
      expect(system.pidOf("gateway"), system.log).toBe(gateway);
      await expectExact(seen);
      for (const one of seen) expect([0, 200, 503]).toContain(one.status);
    },
    120_000 + POSTGRES_KILLS * 20_000,
  );
});
