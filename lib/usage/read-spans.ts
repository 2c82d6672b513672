import type { Ctx } from "@/lib/actor";
import { SqlValues } from "@/lib/usage/filter-sql";
import { FAILED_OUTCOMES } from "@/lib/usage/parse-filters";
import { parseRange, previousSpan, type RangePreset } from "@/lib/usage/parse-range";
import type { Spend } from "@/lib/usage/spend-between";
import { readFolded, sumSource } from "@/lib/usage/sum-source";
import { usagePool } from "@/lib/usage/usage-pool";
import { knownZone } from "@/lib/usage/zone-days";

const QUARTER_MS = 15 * 60_000;
const SPANS = { today: "today", week: "7d", month: "30d" } as const satisfies Record<string, RangePreset>;

export type SpanName = keyof typeof SPANS;
export interface SpanSums extends Spend {
  /** In and out, cached and reasoning ones included. */
  tokens: bigint;
}
export interface Span extends SpanSums {
  from: Date;
  /** The same length of time directly before, to the quarter of an hour. */
  before: SpanSums;
}

/** Spend, calls and tokens today, in the last 7 and in the last 30 days of a zone, against the time before. Nano-USD. */
export async function readSpans(
  ctx: Ctx,
  input: { timeZone: string; now: Date },
): Promise<Record<SpanName, Span>> {
  const windows = Object.values(SPANS).flatMap((preset) => {
    const { range } = parseRange({ range: preset }, input.timeZone, input.now);
    const before = previousSpan(range, input.now);
    const end = Math.floor(before.to.getTime() / QUARTER_MS) * QUARTER_MS;
    return [
      { from: range.from, to: range.to },
      { from: before.from, to: new Date(end) },
    ];
  });
  const folded = await readFolded(ctx, knownZone(input.timeZone));
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const failed = values.add([...FAILED_OUTCOMES]);
  const { rows } = await usagePool().query<SpanSums>(
    `${windows
      .map(
        (
          { from, to },
          n,
        ) => `SELECT ${n} AS n, coalesce(sum(u.cost_nano), 0)::bigint AS "costNano", coalesce(sum(u.calls), 0)::bigint AS "calls",
            coalesce(sum(u.calls) FILTER (WHERE u.outcome = ANY(${failed}::text[])), 0)::bigint AS "failed",
            coalesce(sum(u.input_tokens + u.cached_tokens + u.output_tokens + u.reasoning_tokens), 0)::bigint AS "tokens"
       FROM ${sumSource(values, { workspace, from, to, folded, filters: {} })} u`,
      )
      .join(" UNION ALL ")} ORDER BY n`,
    values.list,
  );
  const none: SpanSums = { costNano: 0n, calls: 0n, failed: 0n, tokens: 0n };
  const span = (at: number): Span => ({
    ...(rows[at * 2] ?? none),
    from: windows[at * 2]?.from ?? input.now,
    before: rows[at * 2 + 1] ?? none,
  });
  return { today: span(0), week: span(1), month: span(2) };
}
