import type { Ctx } from "@/lib/actor";
import type { CallCursor } from "@/lib/usage/call-cursor";
import { callFilterSql, SqlValues } from "@/lib/usage/filter-sql";
import { findQuarters } from "@/lib/usage/find-quarters";
import type { CallFilters } from "@/lib/usage/parse-filters";
import { usagePool } from "@/lib/usage/usage-pool";

export interface ReadCallsInput {
  /** From, included, to, excluded, by when a call was settled. A request id is looked for at any time. */
  from?: Date | undefined;
  to?: Date | undefined;
  filters: CallFilters;
  /** Beside which call to begin; null: at the newest. */
  cursor: CallCursor | null;
  count: number;
}

/** A quarter at a time costs a round trip, all at once reads too much: as many as this many rows can need. */
const MOST_QUARTERS = 60;

/**
 * Up to `count` rows of a workspace's calls in the cursor's direction, newest first unless it points to newer ones.
 * `columns` selects from `usage.calls AS c` and `keys AS k`.
 */
export async function readCalls<Row extends object>(
  ctx: Ctx,
  input: ReadCallsInput,
  columns: string,
): Promise<Row[]> {
  const { filters, cursor, count } = input;
  const order = cursor?.side === "newer" ? "ASC" : "DESC";
  const { keyId, modelId, status, client, dialect, minCostNano, minTotalMs, requestId } = filters;
  const narrowed = keyId || modelId || status || client || dialect || minCostNano || minTotalMs;
  if (requestId || !narrowed) return readRows(ctx, input, columns, null, count);

  const at = cursor ? Number(cursor.atMicros / 1_000n) : null;
  const search = {
    from: later(input.from, order === "ASC" && at !== null ? at : null),
    // Past the cursor's own millisecond, which may hold more.
    to: earlier(input.to, order === "DESC" && at !== null ? at + 1 : null),
    order,
    filters,
    limit: Math.min(count, MOST_QUARTERS),
  } as const;
  const found: Row[] = [];
  for await (const quarters of findQuarters(ctx, search)) {
    found.push(...(await readRows<Row>(ctx, input, columns, quarters, count - found.length)));
    if (found.length >= count) break;
  }
  return found;
}

function later(date: Date | undefined, atMs: number | null): Date | null {
  const both = [date?.getTime(), atMs].filter((ms) => typeof ms === "number");
  return both.length > 0 ? new Date(Math.max(...both)) : null;
}

function earlier(date: Date | undefined, atMs: number | null): Date | null {
  const both = [date?.getTime(), atMs].filter((ms) => typeof ms === "number");
  return both.length > 0 ? new Date(Math.min(...both)) : null;
}

async function readRows<Row extends object>(
  ctx: Ctx,
  { from, to, filters, cursor }: ReadCallsInput,
  columns: string,
  quarters: Date[] | null,
  count: number,
): Promise<Row[]> {
  const values = new SqlValues();
  const workspace = values.add(ctx.workspaceId);
  const limit = values.add(count);
  const order = cursor?.side === "newer" ? "ASC" : "DESC";
  let where = `c.workspace_id = ${workspace}${callFilterSql(filters, values, "c")}`;
  if (filters.requestId) where += ` AND c.request_id = ${values.add(filters.requestId)}`;
  if (!filters.requestId && from) where += ` AND c.created_at >= ${values.add(from)}`;
  if (!filters.requestId && to) where += ` AND c.created_at < ${values.add(to)}`;
  if (cursor) {
    const at = `(to_timestamp(0) + ${values.add(cursor.atMicros.toString())}::bigint * interval '1 microsecond')`;
    const than = order === "ASC" ? ">" : "<";
    where += ` AND (c.created_at, c.request_id) ${than} (${at}, ${values.add(cursor.requestId)})`;
  }
  const sorted = `ORDER BY created_at ${order}, request_id ${order} LIMIT ${limit}`;
  const calls = `SELECT c.* FROM usage.calls c WHERE ${where}`;
  // One quarter after the other, and only as many as it takes.
  const source = quarters
    ? `SELECT h.* FROM unnest(${values.add(quarters)}::timestamptz[]) WITH ORDINALITY AS q(bucket, place)
         CROSS JOIN LATERAL (${calls} AND c.created_at >= q.bucket AND c.created_at < q.bucket + interval '15 minutes' ${sorted}) h
        LIMIT ${limit}`
    : `${calls} ${sorted}`;
  const { rows } = await usagePool().query<Row>(
    `SELECT ${columns} FROM (${source}) c
       LEFT JOIN keys k ON k.id = c.key_id AND k.workspace_id = ${workspace}
      ORDER BY c.created_at ${order}, c.request_id ${order}`,
    values.list,
  );
  return rows;
}
