import { afterAll, beforeAll, expect, it } from "vitest";
import { type BenchWorld, type Gateway, type Request, startBenchWorld } from "@/e2e/bench/bench-world";
import { Part } from "@/e2e/bench/part";
import { type Peer, startPortkey } from "@/e2e/bench/portkey";
import { cpuMsOf, rssOf } from "@/e2e/bench/process-figures";
import { against, median, megabytes, ms, report, whole } from "@/e2e/bench/report";

/**
 * Small plain calls, everything on this machine: load, upstream, Postgres with durable commits, and in turn each
 * thing measured, several times over, so that what disturbs the machine disturbs all of them.
 */
const CLIENTS = 64;
const ROUNDS = 5;
const ROUND_MS = 5_000;
/** V8 goes on optimising for some tens of thousands of calls. */
const WARM_MS = 8_000;
const LEAST_PER_SECOND = 6_000;
const MOST_P99_MS = 25;

interface Measured {
  calls: number;
  failed: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

interface Target {
  name: string;
  pid: number;
  port: number;
  request: Request;
  metered: boolean;
  rounds: (Measured & { cpuUs: number; postgresUs: number; rssBytes: number })[];
}

let world: BenchWorld;
let load: Part;
let proxy: Part;
let one: Gateway;
let two: Gateway;
let portkey: Peer | undefined;
let missing = "";

beforeAll(async () => {
  world = await startBenchWorld();
  one = await world.startGateway();
  two = await world.startGateway({ GATEWAY_WORKERS: "2" });
  load = await Part.start("load.mjs");
  proxy = await Part.start("proxy.mjs", `http://127.0.0.1:${world.upstream.port}`);
  portkey = await startPortkey().catch((error: Error) => {
    missing = error.message.split("\n")[0] ?? "";
    return undefined;
  });
});

afterAll(async () => {
  portkey?.stop();
  proxy?.stop();
  load?.stop();
  await one?.stop();
  await two?.stop();
  await world?.stop();
});

function targets(): Target[] {
  const request = world.call();
  const headers = {
    ...request.headers,
    "x-portkey-provider": "openai",
    "x-portkey-custom-host": `http://127.0.0.1:${world.upstream.port}/v1`,
  };
  const target = (
    name: string,
    { pid, port }: { pid: number; port: number },
    more: Partial<Target> = {},
  ) => ({
    name,
    pid,
    port,
    request,
    metered: false,
    rounds: [],
    ...more,
  });
  return [
    target("the upstream itself", world.upstream),
    target("bare node:http + undici, passes on", proxy),
    ...(portkey ? [target("Portkey 1.15.2, passes on", portkey, { request: { ...request, headers } })] : []),
    target("Tollgate, metered", one, { metered: true }),
    target("Tollgate, metered, two workers", two, { metered: true }),
  ];
}

const drive = (target: Target, forMs: number, clients = CLIENTS) =>
  load.ask<Measured>({ kind: "closed", port: target.port, request: target.request, clients, forMs });

async function round(target: Target): Promise<void> {
  const before = { cpu: cpuMsOf(target.pid), postgres: cpuMsOf(world.postgresPid) };
  const measured = await drive(target, ROUND_MS);
  const perCall = (from: number, pid: number) => ((cpuMsOf(pid) - from) * 1_000) / measured.calls;
  target.rounds.push({
    ...measured,
    cpuUs: perCall(before.cpu, target.pid),
    postgresUs: target.metered ? perCall(before.postgres, world.postgresPid) : 0,
    rssBytes: rssOf(target.pid),
  });
  expect(measured.failed, target.name).toBe(0);
}

it(`small calls, ${CLIENTS} clients`, async () => {
  const all = targets();
  for (const target of all) await drive(target, WARM_MS);
  for (let turn = 0; turn < ROUNDS; turn++) for (const target of all) await round(target);

  const of = (target: Target, field: keyof Target["rounds"][number]) =>
    median(target.rounds.map((each) => each[field]));
  report(
    `Small plain calls, ${CLIENTS} clients, one wallet; medians of ${ROUNDS} interleaved rounds`,
    ["what answers", "calls/s", "p50", "p99", "processor per call", "of which Postgres", "memory"],
    all.map((target) => [
      target.name,
      whole(of(target, "perSecond")),
      ms(of(target, "p50Ms")),
      ms(of(target, "p99Ms")),
      `${whole(of(target, "cpuUs") + of(target, "postgresUs"))} µs`,
      target.metered ? `${whole(of(target, "postgresUs"))} µs` : "",
      megabytes(of(target, "rssBytes")),
    ]),
  );

  const find = (name: string) => all.find((target) => target.name.startsWith(name));
  const ours = find("Tollgate, metered");
  const bare = find("bare");
  const theirs = find("Portkey");
  if (!ours || !bare) throw new Error("nothing was measured");
  /** Ratios within a round: its two measurements have met the same machine. */
  const times = (other: Target) =>
    median(ours.rounds.map((each, at) => each.perSecond / (other.rounds[at]?.perSecond ?? Number.NaN)));
  const perSecond = of(ours, "perSecond");
  const p99Ms = of(ours, "p99Ms");
  report(
    "Against the bars",
    ["what", "found", "bar"],
    [
      ["calls per second", whole(perSecond), against(perSecond >= LEAST_PER_SECOND, "at least 6,000")],
      ["p99", ms(p99Ms), against(p99Ms < MOST_P99_MS, "under 25 ms")],
      ["of the bare proxy's", `${whole(times(bare) * 100)} %`, against(times(bare) >= 0.5, "at least 50 %")],
      theirs
        ? ["times Portkey's", times(theirs).toFixed(1), against(times(theirs) >= 5, "at least 5")]
        : ["times Portkey's", `not installed: ${missing}`, "at least 5"],
    ],
  );
});

it("by the number of clients", async () => {
  const target = targets().find(({ name }) => name === "Tollgate, metered");
  if (!target) throw new Error("no gateway");
  const rows: string[][] = [];
  for (const clients of [1, 16, 64, 128]) {
    const measured = await drive(target, ROUND_MS, clients);
    expect(measured.failed).toBe(0);
    rows.push([String(clients), whole(measured.perSecond), ms(measured.p50Ms), ms(measured.p99Ms)]);
  }
  report("Metered calls by clients", ["clients", "calls/s", "p50", "p99"], rows);
});

it("after all of it the books are exact", async () => {
  expect(await world.checkLedger()).toEqual([]);
});
