import { afterAll, beforeAll, expect, it } from "vitest";
import { measureViews, timesTable } from "@/e2e/usage/measure-views";
import { type Seeded, seedCalls } from "@/e2e/usage/seed-calls";
import { sumsDiffer } from "@/e2e/usage/sums-differ";
import type { Ctx } from "@/lib/actor";
import { closeDb } from "@/lib/db";
import { env } from "@/lib/env";
import { exportCalls } from "@/lib/usage/export-calls";

/** A tenth of what `npm run bench` measures; there the bound is the true one. */
const ZONES = ["UTC", "Europe/Berlin", "Asia/Kathmandu"];
const BOUND_MS = 600;

const now = new Date();
let seeded: Seeded;

beforeAll(async () => {
  seeded = await seedCalls(env().DATABASE_ADMIN_URL ?? "", {
    ...{ calls: 1_000_000, workspaces: 100, keys: 500, days: 100 },
    zones: ZONES.filter((zone) => zone !== "UTC"),
    now,
  });
}, 600_000);
afterAll(closeDb);

const ctx = (workspaceId: string): Ctx => ({ actor: { kind: "cli" }, workspaceId, requestId: "req_scale" });

it("a million calls: sums over rollups and over folded days equal sums over rows, to the unit", async () => {
  expect(await sumsDiffer()).toEqual([]);
}, 120_000);

it("a million calls: every view of the workspace with a tenth of them, and of a small one, is quick", async () => {
  for (const workspaceId of [seeded.workspaceId, seeded.otherId]) {
    const times = await measureViews(ctx(workspaceId), { runs: 5, days: 100, zones: ZONES, now });
    const slow = times.filter(({ p50Ms }) => p50Ms > BOUND_MS);
    expect(slow, timesTable(times)).toEqual([]);
  }
}, 120_000);

it("a hundred thousand calls are exported in pieces, of which memory holds one at a time", async () => {
  const [from, to] = [new Date(now.getTime() - 101 * 86_400_000), now];
  const input = { format: "csv", from, to, filters: {} } as const;
  let [lines, bytes, most, halfway] = [0, 0, 0, 0];
  for await (const piece of exportCalls(ctx(seeded.workspaceId), input)) {
    lines += piece.split("\r\n").length - 1;
    bytes += piece.length;
    most = Math.max(most, piece.length);
    if (halfway === 0 && lines > 50_000) halfway = process.memoryUsage().rss;
  }
  expect(lines).toBe(100_001);
  expect(most).toBeLessThan(bytes / 20);
  // The first half has cost what there is to cost; the second half adds nothing that stays.
  expect(process.memoryUsage().rss - halfway).toBeLessThan(64_000_000);
}, 120_000);
