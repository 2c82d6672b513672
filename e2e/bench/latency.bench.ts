import { afterAll, beforeAll, expect, it } from "vitest";
import { type BenchWorld, type Gateway, startBenchWorld } from "@/e2e/bench/bench-world";
import { Part } from "@/e2e/bench/part";
import { against, median, ms, report } from "@/e2e/bench/report";

/** What the gateway adds to a call when it is not busy: calls leave at fixed times, whatever became of earlier ones. */
const PER_SECOND = 100;
const ROUNDS = 4;
const ROUND_MS = 8_000;

interface Measured {
  failed: number;
  p50Ms: number;
  p99Ms: number;
}

let world: BenchWorld;
let gateway: Gateway;
let load: Part;

beforeAll(async () => {
  world = await startBenchWorld();
  gateway = await world.startGateway();
  load = await Part.start("load.mjs");
});
afterAll(async () => {
  load?.stop();
  await gateway?.stop();
  await world?.stop();
});

it(`what the gateway adds at ${PER_SECOND} calls a second`, async () => {
  const request = world.call();
  const warm = (port: number) => load.ask({ kind: "closed", port, request, clients: 16, forMs: 4_000 });
  await warm(world.upstream.port);
  await warm(gateway.port);
  const rounds: { direct: Measured; through: Measured }[] = [];
  for (let turn = 0; turn < ROUNDS; turn++) {
    const ask = (port: number) =>
      load.ask<Measured>({ kind: "open", port, request, perSecond: PER_SECOND, forMs: ROUND_MS });
    rounds.push({ direct: await ask(world.upstream.port), through: await ask(gateway.port) });
  }
  expect(rounds.every(({ direct, through }) => direct.failed + through.failed === 0)).toBe(true);
  const of = (which: "direct" | "through", field: "p50Ms" | "p99Ms") =>
    median(rounds.map((each) => each[which][field]));
  const added = {
    p50: of("through", "p50Ms") - of("direct", "p50Ms"),
    p99: of("through", "p99Ms") - of("direct", "p99Ms"),
  };
  report(
    `${PER_SECOND} calls a second, timed from when each was due; medians of ${ROUNDS} interleaved rounds`,
    ["", "p50", "p99"],
    [
      ["direct", ms(of("direct", "p50Ms")), ms(of("direct", "p99Ms"))],
      ["through the gateway, metered", ms(of("through", "p50Ms")), ms(of("through", "p99Ms"))],
      [
        "added",
        `${ms(added.p50)} (${against(added.p50 <= 3, "at most 3 ms")})`,
        `${ms(added.p99)} (${against(added.p99 <= 8, "at most 8 ms")})`,
      ],
    ],
  );
});
