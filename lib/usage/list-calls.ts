import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type CallCursor, parseCursor, writeCursor } from "@/lib/usage/call-cursor";
import { CALL_ROW_SQL, type CallRow, type RawCallRow, toCallRow } from "@/lib/usage/call-row";
import { filterSql, SqlValues } from "@/lib/usage/filter-sql";
import type { CallFilters } from "@/lib/usage/parse-filters";

export const LARGEST_PAGE = 200;

export interface ListCallsInput {
  /** From, included, to, excluded, by when a call was settled. A request id is looked for at any time. */
  from?: Date;
  to?: Date;
  filters?: CallFilters;
  /** Of an earlier page; `invalid_input` if it is garbled or of another workspace. */
  cursor?: string | undefined;
  /** 1 to 200. */
  limit?: number;
}

export interface CallPage {
  /** Newest first. */
  calls: CallRow[];
  /** Cursor of the page after this one in time's reverse, or null at the end. */
  older: string | null;
  /** Cursor of the page before this one, or null at the newest. */
  newer: string | null;
}

/** One page of a workspace's calls, newest first. Throws AppError `invalid_input` on a cursor that is not its own. */
export async function listCalls(ctx: Ctx, input: ListCallsInput): Promise<CallPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), LARGEST_PAGE);
  const cursor = input.cursor === undefined ? null : parseCursor(input.cursor, ctx.workspaceId);
  if (input.cursor !== undefined && !cursor) {
    throw new AppError("invalid_input", "unknownPage", { field: "cursor" });
  }
  const found = await readCalls(ctx, input, cursor, limit + 1);
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  const ascending = cursor?.side === "newer";
  if (ascending) rows.reverse();

  const cursorAt = (row: CallRow | undefined, side: CallCursor["side"]) =>
    row ? writeCursor({ side, atMicros: row.atMicros, requestId: row.requestId }, ctx.workspaceId) : null;
  return {
    calls: rows,
    older: ascending || more ? cursorAt(rows.at(-1), "older") : null,
    newer: (ascending ? more : cursor !== null) ? cursorAt(rows[0], "newer") : null,
  };
}

async function readCalls(
  ctx: Ctx,
  input: ListCallsInput,
  cursor: CallCursor | null,
  count: number,
): Promise<CallRow[]> {
  const values = new SqlValues();
  const filters = input.filters ?? {};
  const workspace = values.add(ctx.workspaceId);
  const limit = values.add(count);
  const ascending = cursor?.side === "newer";
  const order = ascending ? "ASC" : "DESC";
  const at = cursor
    ? `(to_timestamp(0) + ${values.add(cursor.atMicros.toString())}::bigint * interval '1 microsecond')`
    : null;

  let where = `c.workspace_id = ${workspace}${filterSql(filters, values, "c")}`;
  if (filters.requestId) where += ` AND c.request_id = ${values.add(filters.requestId)}`;
  if (!filters.requestId && input.from) where += ` AND c.created_at >= ${values.add(input.from)}`;
  if (!filters.requestId && input.to) where += ` AND c.created_at < ${values.add(input.to)}`;
  if (cursor && at) {
    const than = ascending ? ">" : "<";
    where += ` AND (c.created_at, c.request_id) ${than} (${at}, ${values.add(cursor.requestId)})`;
  }
  const calls = `SELECT c.* FROM usage.calls c WHERE ${where}`;
  const newest = (from: string) => `${from} ORDER BY created_at ${order}, request_id ${order} LIMIT ${limit}`;

  const narrowed = (filters.keyId || filters.modelId || filters.status) && !filters.requestId;
  const source = narrowed
    ? newest(`SELECT h.* FROM (${bucketsSql(input, values, workspace, limit, at, order)}) b
        CROSS JOIN LATERAL (${newest(`${calls} AND c.created_at >= b.bucket AND c.created_at < b.bucket + interval '15 minutes'`)}) h`)
    : newest(calls);
  const { rows } = await pool().query<RawCallRow>(
    `SELECT ${CALL_ROW_SQL} FROM (${source}) c
       LEFT JOIN keys k ON k.id = c.key_id AND k.workspace_id = ${workspace}
      ORDER BY c.created_at ${order}, c.request_id ${order}`,
    values.list,
  );
  return rows.map(toCallRow);
}

/** How many quarters the cursor and both ends of the range may cut, so that they hold nothing that is wanted. */
const MOST_CUT = 3;

/**
 * The nearest quarters of an hour that hold calls of this kind, known from the rollups, so that a rare key or model
 * is found without reading through everybody else's rows. Each holds one call at least, unless it is cut.
 */
function bucketsSql(
  input: ListCallsInput,
  values: SqlValues,
  workspace: string,
  limit: string,
  at: string | null,
  order: "ASC" | "DESC",
): string {
  const quarter = (instant: string) => `date_bin('15 minutes', ${instant}, 'epoch')`;
  let where = `u.workspace_id = ${workspace} AND u.calls > 0${filterSql(input.filters ?? {}, values, "u")}`;
  if (input.from) where += ` AND u.bucket >= ${quarter(`${values.add(input.from)}::timestamptz`)}`;
  if (input.to) where += ` AND u.bucket < ${values.add(input.to)}`;
  if (at) where += ` AND u.bucket ${order === "ASC" ? ">=" : "<="} ${quarter(at)}`;
  return `SELECT u.bucket FROM usage_rollups u WHERE ${where}
    GROUP BY u.bucket ORDER BY u.bucket ${order} LIMIT ${limit}::int + ${MOST_CUT}`;
}
