import { afterAll, beforeAll, expect, it } from "vitest";
import { cpuMsOf } from "@/e2e/bench/process-figures";
import { against, median, ms, report, whole } from "@/e2e/bench/report";
import { startTestServer, urlsOf } from "@/e2e/harness/database-server";
import { scale } from "@/e2e/harness/scale";

/** How many calls one wallet pays for: reserve and settle, each durable, through the ledger's own module. */
const CALLERS = [1, 16, 64, 256];
const ROUNDS = 3;
const BARRED = { callers: 64, perSecond: 5_000, p99Ms: 50 };

let stop: () => Promise<void>;
let postgresPid = 0;

beforeAll(async () => {
  const started = await startTestServer();
  stop = started.stop;
  postgresPid = started.pid;
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

interface Round {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  ownUs: number;
  postgresUs: number;
}

it("reserve and settle on one wallet and one key", async () => {
  const { reserve } = await import("@/lib/ledger/reserve");
  const { settle } = await import("@/lib/ledger/settle");
  const { checkLedger } = await import("@/lib/ledger/check-ledger");
  const { newTimedId } = await import("@/lib/ids");
  const { fixedCall, grant, makeWorld, usageOf } = await import("@/e2e/ledger/world");
  const world = await makeWorld();
  await grant(world, 1_000_000_000_000n);

  const call = async () => {
    const request = fixedCall(world, 200_000n, newTimedId("hold"));
    const { admitted } = await reserve(request);
    if (!admitted) throw new Error("a call was refused");
    const { holdId, workspaceId } = request;
    const usage = usageOf(world, { requestId: newTimedId("req") });
    await settle({ holdId, workspaceId, costNano: 52_000n, usage });
  };

  const round = async (callers: number, forMs: number): Promise<Round> => {
    const timesMs: number[] = [];
    const postgresMs = cpuMsOf(postgresPid);
    const own = process.cpuUsage();
    const startedMs = performance.now();
    const loop = async () => {
      while (performance.now() - startedMs < forMs) {
        const beganMs = performance.now();
        await call();
        timesMs.push(performance.now() - beganMs);
      }
    };
    await Promise.all(Array.from({ length: callers }, loop));
    const tookMs = performance.now() - startedMs;
    const { user, system } = process.cpuUsage(own);
    timesMs.sort((a, b) => a - b);
    const at = (share: number) => timesMs[Math.floor((timesMs.length - 1) * share)] ?? Number.NaN;
    return {
      perSecond: (timesMs.length / tookMs) * 1_000,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      ownUs: (user + system) / timesMs.length,
      postgresUs: ((cpuMsOf(postgresPid) - postgresMs) * 1_000) / timesMs.length,
    };
  };

  await round(64, 4_000);
  const found = new Map<number, Round[]>(CALLERS.map((callers) => [callers, []]));
  for (let turn = 0; turn < ROUNDS; turn++) {
    for (const [callers, rounds] of found) rounds.push(await round(callers, scale(3_000, 10_000)));
  }
  const rows = [...found].map(([callers, rounds]) => {
    const of = (field: keyof Round) => median(rounds.map((each) => each[field]));
    const barred = callers === BARRED.callers;
    const perSecond = of("perSecond");
    const p99Ms = of("p99Ms");
    return [
      String(callers),
      whole(perSecond) + (barred ? ` (${against(perSecond >= BARRED.perSecond, "at least 5,000")})` : ""),
      ms(of("p50Ms")),
      ms(p99Ms) + (barred ? ` (${against(p99Ms < BARRED.p99Ms, "under 50 ms")})` : ""),
      `${whole(of("ownUs"))} µs`,
      `${whole(of("postgresUs"))} µs`,
    ];
  });
  report(
    "One wallet through the ledger: reserve and settle, each durable",
    ["callers", "calls/s", "p50", "p99", "processor per call", "and of Postgres"],
    rows,
  );
  expect(await checkLedger()).toEqual([]);
});
