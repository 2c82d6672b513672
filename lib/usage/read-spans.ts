import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { FAILED_OUTCOMES } from "@/lib/usage/parse-filters";
import { parseRange, previousSpan, type RangePreset } from "@/lib/usage/parse-range";
import type { Spend } from "@/lib/usage/spend-between";

const QUARTER_MS = 15 * 60_000;
const SPANS = { today: "today", week: "7d", month: "30d" } as const satisfies Record<string, RangePreset>;

export type SpanName = keyof typeof SPANS;
export interface Span extends Spend {
  from: Date;
  /** The same length of time directly before, to the quarter of an hour. */
  before: Spend;
}

/** Spend and calls today, in the last 7 and in the last 30 days of a zone, against the time before. Nano-USD. */
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
  const { rows } = await pool().query<Spend>(
    `SELECT s.* FROM unnest($2::timestamptz[], $3::timestamptz[]) WITH ORDINALITY AS w(start, stop, n)
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(u.cost_nano), 0)::bigint AS "costNano", coalesce(sum(u.calls), 0)::bigint AS "calls",
               coalesce(sum(u.calls) FILTER (WHERE u.outcome = ANY($4::text[])), 0)::bigint AS "failed"
          FROM usage_rollups u WHERE u.workspace_id = $1 AND u.bucket >= w.start AND u.bucket < w.stop) s
      ORDER BY w.n`,
    [ctx.workspaceId, windows.map(({ from }) => from), windows.map(({ to }) => to), [...FAILED_OUTCOMES]],
  );
  const none: Spend = { costNano: 0n, calls: 0n, failed: 0n };
  const span = (at: number): Span => ({
    ...(rows[at * 2] ?? none),
    from: windows[at * 2]?.from ?? input.now,
    before: rows[at * 2 + 1] ?? none,
  });
  return { today: span(0), week: span(1), month: span(2) };
}
