import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, urlsOf } from "@/e2e/harness/database-server";
import { scale } from "@/e2e/harness/scale";

/** How many calls one wallet pays for: reserve and settle, each durable, through the ledger's own module. */
const CLIENTS = [1, 16, 64, 256];

let stop: () => Promise<void>;

beforeAll(async () => {
  const started = await startTestServer();
  stop = started.stop;
  process.env.DATABASE_URL = urlsOf(started.server, started.server.template).url;
  process.env.LOG_LEVEL = "fatal";
});

afterAll(async () => {
  const { closeDb } = await import("@/lib/db");
  const { closeHotPool } = await import("@/lib/ledger/hot-pool");
  await closeHotPool();
  await closeDb();
  await stop();
});

it("reserve and settle on one wallet and one key", async () => {
  const { reserve } = await import("@/lib/ledger/reserve");
  const { settle } = await import("@/lib/ledger/settle");
  const { checkLedger } = await import("@/lib/ledger/check-ledger");
  const { fixedCall, grant, makeWorld, usageOf } = await import("@/e2e/ledger/world");
  const world = await makeWorld();
  await grant(world, 1_000_000_000_000n);

  const rows: string[] = [];
  for (const clients of CLIENTS) {
    const timesMs: number[] = [];
    const forMs = scale(4_000, 20_000);
    const startedMs = performance.now();
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (performance.now() - startedMs < forMs) {
          const beganMs = performance.now();
          const call = fixedCall(world, 200_000n);
          const { admitted } = await reserve(call);
          expect(admitted).toBe(true);
          const { holdId, workspaceId } = call;
          await settle({ holdId, workspaceId, costNano: 52_000n, usage: usageOf(world) });
          timesMs.push(performance.now() - beganMs);
        }
      }),
    );
    const perSecond = Math.round((timesMs.length / (performance.now() - startedMs)) * 1_000);
    timesMs.sort((a, b) => a - b);
    const at = (share: number) =>
      (timesMs[Math.floor((timesMs.length - 1) * share)] ?? Number.NaN).toFixed(1);
    rows.push(`| ${clients} | ${perSecond} | ${at(0.5)} ms | ${at(0.99)} ms |`);
  }
  console.log(
    ["| callers | reserve + settle/s | p50 | p99 |", "| --- | --- | --- | --- |", ...rows].join("\n"),
  );
  expect(await checkLedger()).toEqual([]);
});
