import type { Ctx } from "@/lib/actor";
import { SqlValues, sumFilterSql } from "@/lib/usage/filter-sql";
import type { CallFilters } from "@/lib/usage/parse-filters";
import { readFolded } from "@/lib/usage/sum-source";
import { usagePool } from "@/lib/usage/usage-pool";

const DAY_MS = 86_400_000;
const QUARTER_MS = 15 * 60_000;
/** Days are looked through one at first, or a few where rare calls are wanted, then twice as many each time up to a most. */
const RARE_DAYS = 8;
const MOST_DAYS = 64;
/** Past so many sums of the wanted kind a day, reading through its quarters is quicker than looking for each. */
const RARE_KINDS = 16;

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
  const { minCostNano, minTotalMs } = search.filters;
  for (
    let count = minCostNano || minTotalMs ? RARE_DAYS : 1;
    low < high;
    count = Math.min(count * 2, MOST_DAYS)
  ) {
    const days = await findDays(ctx, search, low, high, count);
    const rare = days.every((day) => day.kinds <= RARE_KINDS);
    if (rare && days.length > 0) yield await quartersOfKinds(ctx, search, days, from, to);
    if (!rare) {
      // What is not rare is there nearly every day, so the days between are few.
      const starts = days.map(({ start }) => start.getTime());
      const [first, end] = [Math.min(...starts), Math.max(...starts) + DAY_MS];
      yield* quartersWithin(ctx, search, Math.max(from, first), Math.min(to, end));
    }
    const last = days.at(-1);
    if (!last || days.length < count) return;
    if (search.order === "DESC") high = last.start.getTime();
    else low = last.start.getTime() + DAY_MS;
  }
}

interface Day {
  start: Date;
  /** How many sums of that day are of the wanted kind. */
  kinds: number;
}

async function findDays(
  ctx: Ctx,
  search: QuarterSearch,
  low: number,
  high: number,
  count: number,
): Promise<Day[]> {
  const values = new SqlValues();
  let where = `u.workspace_id = ${values.add(ctx.workspaceId)} AND u.zone = 'UTC'${sumFilterSql(search.filters, values, "u")}`;
  if (low > Number.NEGATIVE_INFINITY) where += ` AND u.day_start >= ${values.add(new Date(low))}`;
  where += ` AND u.day_start < ${values.add(new Date(high))}`;
  const { rows } = await usagePool().query<Day>(
    `SELECT u.day_start AS start, count(*)::int AS kinds FROM usage_days u WHERE ${where}
      GROUP BY u.day_start ORDER BY u.day_start ${search.order} LIMIT ${values.add(count)}`,
    values.list,
  );
  return rows;
}

/** The quarters of several days at once, looked for by what exactly of the wanted kind each day has. */
async function quartersOfKinds(
  ctx: Ctx,
  search: QuarterSearch,
  days: readonly Day[],
  from: number,
  to: number,
): Promise<Date[]> {
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const { rows } = await usagePool().query<{ bucket: Date }>(
    `SELECT DISTINCT u.bucket FROM usage_days d
       CROSS JOIN LATERAL (
         SELECT u.bucket FROM usage_rollups u
          WHERE u.workspace_id = ${workspace} AND u.bucket >= d.day_start AND u.bucket < d.day_start + interval '24 hours'
            AND u.key_id = d.key_id AND u.model_id = d.model_id AND u.client = d.client AND u.dialect = d.dialect
            AND u.outcome = d.outcome AND u.calls > 0${sumFilterSql(search.filters, values, "u")}) u
      WHERE d.workspace_id = ${workspace} AND d.zone = 'UTC' AND d.day_start = ANY(${values.add(days.map(({ start }) => start))}::timestamptz[])
        ${sumFilterSql(search.filters, values, "d")}
      ORDER BY u.bucket ${search.order}`,
    values.list,
  );
  return rows
    .map(({ bucket }) => bucket)
    .filter((bucket) => bucket.getTime() >= from && bucket.getTime() < to);
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
    const { rows } = await usagePool().query<{ bucket: Date }>(
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
