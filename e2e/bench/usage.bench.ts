import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, urlsOf } from "@/e2e/harness/database-server";

/** Every usage view of a workspace with a million calls among ten million, on this machine. */
const SEED = { calls: 10_000_000, workspaces: 1_000, keys: 5_000, days: 100 };
const ZONES = ["UTC", "Europe/Berlin", "Asia/Kathmandu"];
const BOUND_MS = 200;
const now = new Date();

let stop: () => Promise<void>;
let adminUrl: string;

beforeAll(async () => {
  const started = await startTestServer();
  stop = started.stop;
  const urls = urlsOf(started.server, started.server.template);
  adminUrl = urls.adminUrl;
  Object.assign(process.env, { DATABASE_URL: urls.url, DATABASE_ADMIN_URL: adminUrl, LOG_LEVEL: "fatal" });
});
afterAll(async () => {
  const { closeDb } = await import("@/lib/db");
  await closeDb();
  await stop();
});

it("ten million calls", { timeout: 3_600_000 }, async () => {
  const { seedCalls } = await import("@/e2e/usage/seed-calls");
  const { sumsDiffer } = await import("@/e2e/usage/sums-differ");
  const { measureViews, timesTable } = await import("@/e2e/usage/measure-views");
  const seeded = await seedCalls(adminUrl, { ...SEED, zones: ZONES.slice(1), now });
  console.log(`seeded ${SEED.calls} calls in ${(seeded.tookMs / 60_000).toFixed(1)} minutes`);
  expect(await sumsDiffer()).toEqual([]);
  const ctx = { actor: { kind: "cli" }, workspaceId: seeded.workspaceId, requestId: "req_bench" } as const;
  const times = await measureViews(ctx, { runs: 40, days: SEED.days, zones: ZONES, now });
  console.log(timesTable(times));
  expect(times.filter(({ p95Ms }) => p95Ms > BOUND_MS)).toEqual([]);
});
