import type { Ctx } from "@/lib/actor";
import { listTransactions } from "@/lib/ledger/list-transactions";
import { writeCursor } from "@/lib/usage/call-cursor";
import { findNewestCall } from "@/lib/usage/find-newest-call";
import { getCall } from "@/lib/usage/get-call";
import { listCalls } from "@/lib/usage/list-calls";
import { listFilterChoices } from "@/lib/usage/list-filter-choices";
import { readOverview } from "@/lib/usage/overview";
import type { CallFilters } from "@/lib/usage/parse-filters";
import { parseRange, type RangeInput } from "@/lib/usage/parse-range";
import { readStatement } from "@/lib/usage/read-statement";
import { summarizeUsage, USAGE_GROUPS, USAGE_MEASURES } from "@/lib/usage/summarize-usage";

export interface ViewTimes {
  view: string;
  runs: number;
  p50Ms: number;
  p95Ms: number;
}

const RANGES: RangeInput[] = [
  { range: "today" },
  { range: "7d" },
  { range: "30d" },
  { range: "90d" },
  { range: "month" },
];
const YEAR: RangeInput = { from: "2025-11-25", to: "2026-11-21" };

const FILTERS: [name: string, filters: CallFilters][] = [
  ["key", { keyId: "key_0_3" }],
  ["model", { modelId: "anthropic/claude-sonnet-4.5" }],
  ["rare model", { modelId: "rare/model" }],
  ["failed", { status: "failed" }],
  ["cut", { status: "cut" }],
  ["client and dialect", { client: "cursor", dialect: "chat" }],
  ["dear", { minCostNano: 140_000_000n }],
  ["dearest", { minCostNano: 148_000_000n, client: "codex-cli" }],
  ["slow", { minTotalMs: 35_000 }],
  ["nothing is so slow", { minTotalMs: 3_000_000 }],
  ["nothing of that key", { keyId: "key_none" }],
  ["all at once", { keyId: "key_0_1", status: "failed", client: "lobechat", minTotalMs: 1_000 }],
];

/** Numbers that look random and are the same every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % sides;
  };
}

/**
 * How long each view of a seeded workspace takes: what its pages ask of the database and make of it, without the
 * drawing. `days` is how far back its calls go.
 */
export async function measureViews(
  ctx: Ctx,
  { runs, days, zones, now }: { runs: number; days: number; zones: string[]; now: Date },
): Promise<ViewTimes[]> {
  const roll = dice(11);
  const zone = () => zones[roll(zones.length)] ?? "UTC";
  const range = (input: RangeInput) => parseRange(input, zone(), now).range;
  const somewhere = () => new Date(now.getTime() - roll(days * 24) * 3_600_000 - roll(3_600) * 1_000);
  const cursor = () =>
    writeCursor(
      {
        side: roll(4) === 0 ? "newer" : "older",
        atMicros: BigInt(somewhere().getTime()) * 1_000n,
        requestId: "req_7",
      },
      ctx.workspaceId,
    );
  const known = (await listCalls(ctx, { limit: 200, cursor: cursor() })).calls.map((call) => call.requestId);

  const views: [name: string, run: () => Promise<unknown>][] = [
    ["overview", () => overview(ctx, zone(), now)],
    ...RANGES.map((input): [string, () => Promise<unknown>] => [
      `usage, ${input.range}`,
      () => usage(ctx, range(input), roll),
    ]),
    ["usage, a year", () => usage(ctx, range(YEAR), roll)],
    [
      "usage, 90d, filtered",
      () => usage(ctx, range({ range: "90d" }), roll, { keyId: "key_0_1", status: "failed" }),
    ],
    ["logs, newest", () => listCalls(ctx, { limit: 50 })],
    ["logs, any page", () => listCalls(ctx, { limit: 50, cursor: cursor() })],
    [
      "logs, any page of 30d",
      () => listCalls(ctx, { ...bounds(range({ range: "30d" })), limit: 50, cursor: cursor() }),
    ],
    ...FILTERS.map(([name, filters]): [string, () => Promise<unknown>] => [
      `logs, ${name}`,
      () => listCalls(ctx, { filters, limit: 50, ...(roll(2) === 0 ? { cursor: cursor() } : {}) }),
    ]),
    ["logs, request id", () => listCalls(ctx, { filters: { requestId: known[roll(known.length)] ?? "" } })],
    ["filters' choices, 90d", () => listFilterChoices(ctx, range({ range: "90d" }))],
    ["one call", () => getCall(ctx, known[roll(known.length)] ?? "")],
    ["newest call", () => findNewestCall(ctx)],
    ["credits", () => listTransactions(ctx, { timeZone: zone() })],
    ["a month's statement", () => readStatement(ctx, { month: now.toISOString().slice(0, 7), now })],
  ];
  const measured: ViewTimes[] = [];
  for (const [view, run] of views) {
    const timesMs: number[] = [];
    for (let i = 0; i < runs; i++) {
      const startedMs = performance.now();
      await run();
      timesMs.push(performance.now() - startedMs);
    }
    timesMs.sort((a, b) => a - b);
    const at = (share: number) => timesMs[Math.ceil(timesMs.length * share) - 1] ?? Number.NaN;
    measured.push({ view, runs, p50Ms: at(0.5), p95Ms: at(0.95) });
  }
  return measured;
}

const bounds = ({ from, to }: { from: Date; to: Date }) => ({ from, to });

/** What the page asks at once. */
function usage(
  ctx: Ctx,
  range: ReturnType<typeof parseRange>["range"],
  roll: (sides: number) => number,
  filters: CallFilters = {},
) {
  const groupBy = USAGE_GROUPS[roll(USAGE_GROUPS.length)] ?? "model";
  const measure = USAGE_MEASURES[roll(USAGE_MEASURES.length)] ?? "spend";
  return Promise.all([
    summarizeUsage(ctx, { range, groupBy, measure, filters }),
    listFilterChoices(ctx, range),
    listCalls(ctx, { ...bounds(range), filters, limit: 20 }),
    findNewestCall(ctx),
  ]);
}

function overview(ctx: Ctx, timeZone: string, now: Date) {
  const { range } = parseRange({ range: "30d" }, timeZone, now);
  return Promise.all([
    readOverview(ctx, { timeZone, now }),
    summarizeUsage(ctx, { range, groupBy: "model" }),
    findNewestCall(ctx),
  ]);
}

export function timesTable(times: readonly ViewTimes[]): string {
  return [
    "| view | p50 | p95 |",
    "| --- | --- | --- |",
    ...times.map(({ view, p50Ms, p95Ms }) => `| ${view} | ${p50Ms.toFixed(0)} ms | ${p95Ms.toFixed(0)} ms |`),
  ].join("\n");
}
