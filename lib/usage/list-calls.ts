import type { Ctx } from "@/lib/actor";
import { AppError } from "@/lib/errors";
import { type CallCursor, parseCursor, writeCursor } from "@/lib/usage/call-cursor";
import { CALL_ROW_SQL, type CallRow, type RawCallRow, toCallRow } from "@/lib/usage/call-row";
import type { CallFilters } from "@/lib/usage/parse-filters";
import { readCalls } from "@/lib/usage/read-calls";

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
  const { from, to, filters = {} } = input;
  const wanted = { from, to, filters, cursor, count: limit + 1 };
  const found = await readCalls<RawCallRow>(ctx, wanted, CALL_ROW_SQL);
  const more = found.length > limit;
  const rows = found.slice(0, limit).map(toCallRow);
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
