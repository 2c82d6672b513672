import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BenchWorld, type Gateway, startBenchWorld } from "@/e2e/bench/bench-world";
import { Part } from "@/e2e/bench/part";
import { cpuMsOf, rssOf } from "@/e2e/bench/process-figures";
import { against, megabytes, ms, report } from "@/e2e/bench/report";

/**
 * Many streams at once, 50 chunks a second each for a minute. A chunk carries the moment at which the upstream was due
 * to send it; it is late by the time from then until it was read, whoever is to blame.
 */
const PER_SECOND = 50;
const FOR_MS = 60_000;
const OPEN_OVER_MS = 2_000;
/** By then all streams are open and what a stream needs has been made. */
const STEADY_MS = 12_000;

interface Measured {
  complete: number;
  chunks: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

let world: BenchWorld;
let gateway: Gateway;
let load: Part;

beforeAll(async () => {
  world = await startBenchWorld();
  gateway = await world.startGateway();
  load = await Part.start("stream-load.mjs");
});
afterAll(async () => {
  load?.stop();
  await gateway?.stop();
  await world?.stop();
});

async function run(port: number, streams: number, forMs: number) {
  const request = world.call({ stream: true, max_tokens: (forMs * PER_SECOND) / 1_000 });
  const sizes: number[] = [];
  let over = false;
  const cpuMs = cpuMsOf(gateway.pid);
  const startedMs = performance.now();
  const watch = (async () => {
    while (!over) {
      if (performance.now() - startedMs > Math.min(STEADY_MS, forMs / 2)) sizes.push(rssOf(gateway.pid));
      await sleep(250);
    }
  })();
  const measured = await load.ask<Measured>({ port, request, streams, overMs: OPEN_OVER_MS });
  over = true;
  await watch;
  const tenth = Math.ceil(sizes.length / 10);
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const early = mean(sizes.slice(0, tenth));
  // The streams' own end frees memory: what counts is how much it was while they ran.
  const late = mean(sizes.slice(-2 * tenth, -tenth));
  const tookMs = performance.now() - startedMs;
  expect(measured.complete).toBe(streams);
  return {
    ...measured,
    early,
    late,
    growth: late / early - 1,
    cores: (cpuMsOf(gateway.pid) - cpuMs) / tookMs,
  };
}

it("many streams at once", async () => {
  await run(gateway.port, 250, 10_000);
  const rows: string[][] = [];
  const direct = await run(world.upstream.port, 250, 10_000);
  rows.push(["250, direct", ms(direct.p50Ms), ms(direct.p99Ms), ms(direct.maxMs), "", ""]);
  for (const streams of [250, 500]) {
    const found = await run(gateway.port, streams, FOR_MS);
    const bars = streams === 250;
    const growth = `${megabytes(found.early)} to ${megabytes(found.late)} (${(found.growth * 100).toFixed(1)} %)`;
    rows.push([
      `${streams} through the gateway`,
      ms(found.p50Ms),
      ms(found.p99Ms) + (bars ? ` (${against(found.p99Ms <= 50, "at most 50 ms")})` : ""),
      ms(found.maxMs),
      growth + (bars ? ` (${against(found.growth < 0.1, "under 10 %")})` : ""),
      found.cores.toFixed(2),
    ]);
  }
  report(
    `Streams of ${PER_SECOND} chunks a second for a minute`,
    ["streams", "late p50", "late p99", "latest", "memory", "cores"],
    rows,
  );
  expect(await world.checkLedger()).toEqual([]);
});
