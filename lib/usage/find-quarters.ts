import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { SqlValues, sumFilterSql } from "@/lib/usage/filter-sql";
import type { CallFilters } from "@/lib/usage/parse-filters";
import { readFolded } from "@/lib/usage/sum-source";

const DAY_MS = 86_400_000;
const QUARTER_MS = 15 * 60_000;
/** Days are looked through one at first, then twice as many each time, up to this. */
const MOST_DAYS = 64;

export interface QuarterSearch {
  /** From, included, to, excluded; null: without end. */
  from: Date | null;
  to: Date | null;
  order: "ASC" | "DESC";
  filters: CallFilters;
  /** How many quarters at a time. */
  limit: number;
}

/**
 * The quarters of an hour that may hold calls of a kind, in the order of the search, known from the sums: first the
 * days (of UTC) that do, then their quarters. So a rare kind of call is found without reading everybody else's rows.
 */
export async function* findQuarters(ctx: Ctx, search: QuarterSearch): AsyncGenerator<Date[]> {
  const { foldedTo } = await readFolded(ctx, "UTC");
  const folded = foldedTo?.getTime() ?? Number.NEGATIVE_INFINITY;
  const from = search.from
    ? Math.floor(search.from.getTime() / QUARTER_MS) * QUARTER_MS
    : Number.NEGATIVE_INFINITY;
  const to = search.to?.getTime() ?? Number.POSITIVE_INFINITY;
  const recent = () => quartersWithin(ctx, search, Math.max(from, folded), to);
  if (search.order === "DESC") yield* recent();
  yield* quartersOfDays(ctx, search, from, Math.min(to, folded));
  if (search.order === "ASC") yield* recent();
}

async function* quartersOfDays(
  ctx: Ctx,
  search: QuarterSearch,
  from: number,
  to: number,
): AsyncGenerator<Date[]> {
  let [low, high] = [Math.floor(from / DAY_MS) * DAY_MS, to];
  for (let count = 1; low < high; count = Math.min(count * 2, MOST_DAYS)) {
    const days = await findDays(ctx, search, low, high, count);
    for (const day of days) {
      const start = day.getTime();
      yield* quartersWithin(ctx, search, Math.max(from, start), Math.min(to, start + DAY_MS));
    }
    const last = days.at(-1);
    if (!last || days.length < count) return;
    if (search.order === "DESC") high = last.getTime();
    else low = last.getTime() + DAY_MS;
  }
}

async function findDays(
  ctx: Ctx,
  search: QuarterSearch,
  low: number,
  high: number,
  count: number,
): Promise<Date[]> {
  const values = new SqlValues();
  let where = `u.workspace_id = ${values.add(ctx.workspaceId)} AND u.zone = 'UTC'${sumFilterSql(search.filters, values, "u")}`;
  if (low > Number.NEGATIVE_INFINITY) where += ` AND u.day_start >= ${values.add(new Date(low))}`;
  where += ` AND u.day_start < ${values.add(new Date(high))}`;
  const { rows } = await pool().query<{ day: Date }>(
    `SELECT u.day_start AS day FROM usage_days u WHERE ${where}
      GROUP BY u.day_start ORDER BY u.day_start ${search.order} LIMIT ${values.add(count)}`,
    values.list,
  );
  return rows.map(({ day }) => day);
}

async function* quartersWithin(
  ctx: Ctx,
  search: QuarterSearch,
  from: number,
  to: number,
): AsyncGenerator<Date[]> {
  let [low, high] = [from, to];
  while (low < high) {
    const values = new SqlValues();
    let where = `u.workspace_id = ${values.add(ctx.workspaceId)} AND u.calls > 0${sumFilterSql(search.filters, values, "u")}`;
    if (low > Number.NEGATIVE_INFINITY) where += ` AND u.bucket >= ${values.add(new Date(low))}`;
    if (high < Number.POSITIVE_INFINITY) where += ` AND u.bucket < ${values.add(new Date(high))}`;
    const { rows } = await pool().query<{ bucket: Date }>(
      `SELECT u.bucket FROM usage_rollups u WHERE ${where}
        GROUP BY u.bucket ORDER BY u.bucket ${search.order} LIMIT ${values.add(search.limit)}`,
      values.list,
    );
    if (rows.length > 0) yield rows.map(({ bucket }) => bucket);
    const last = rows.at(-1)?.bucket.getTime();
    if (last === undefined || rows.length < search.limit) return;
    if (search.order === "DESC") high = last;
    else low = last + QUARTER_MS;
  }
}
