import type { Ctx } from "@/lib/actor";
import { pool } from "@/lib/db";
import { type SqlValues, sumFilterSql } from "@/lib/usage/filter-sql";
import { noteZone } from "@/lib/usage/note-zones";
import type { CallFilters } from "@/lib/usage/parse-filters";
import { addDays, dayAt, dayStart, sameZone } from "@/lib/usage/zone-days";

/** From which instants of a zone sums are to be had by the day; before `foldedTo` they are. */
export interface Folded {
  zone: string;
  foldedTo: Date | null;
}

/** How far a workspace's days are folded in a zone; notes that it is looked at there. */
export async function readFolded(ctx: Pick<Ctx, "workspaceId">, name: string): Promise<Folded> {
  const zone = sameZone(name) ?? "UTC";
  const { rows } = await pool().query<{ foldedTo: Date | null; stale: boolean }>(
    `SELECT folded_to AS "foldedTo", asked_at < now() - interval '1 day' AS stale FROM usage_zones
      WHERE workspace_id = $1 AND zone = $2`,
    [ctx.workspaceId, zone],
  );
  if (!rows[0] || rows[0].stale) await noteZone(ctx, zone);
  return { zone, foldedTo: rows[0]?.foldedTo ?? null };
}

const COLUMNS = `key_id, model_id, client, dialect, outcome, calls, input_tokens, cached_tokens, output_tokens, reasoning_tokens,
  cost_nano, cache_write_tokens, timed_tokens, timed_ms, first_byte_hist, total_hist`;

/**
 * A table expression of sums from one instant, included, to another, excluded, both quarters of an hour: whole days
 * where they are folded, quarters of an hour for the rest. Its column `bucket` is when either begins.
 */
export function sumSource(
  values: SqlValues,
  {
    workspace,
    from,
    to,
    folded,
    filters,
  }: {
    /** The placeholder of the workspace's id. */
    workspace: string;
    from: Date;
    to: Date;
    folded: Folded | null;
    filters: CallFilters;
  },
): string {
  const days = folded && wholeDays(from, to, folded);
  const parts: string[] = [];
  const addQuarters = (start: Date, end: Date) => {
    if (start >= end) return;
    parts.push(`SELECT u.bucket, ${COLUMNS} FROM usage_rollups u WHERE u.workspace_id = ${workspace}
      AND u.bucket >= ${values.add(start)} AND u.bucket < ${values.add(end)}${sumFilterSql(filters, values, "u")}`);
  };
  if (days) {
    addQuarters(from, days.from);
    parts.push(`SELECT u.day_start AS bucket, ${COLUMNS} FROM usage_days u WHERE u.workspace_id = ${workspace}
      AND u.zone = ${values.add(days.zone)} AND u.day_start >= ${values.add(days.from)} AND u.day_start < ${values.add(days.to)}${sumFilterSql(filters, values, "u")}`);
    addQuarters(days.to, to);
  } else {
    addQuarters(from, to);
  }
  // Nothing lies between an instant and itself.
  if (parts.length === 0) return `(SELECT u.bucket, ${COLUMNS} FROM usage_rollups u WHERE false)`;
  return `(${parts.join(" UNION ALL ")})`;
}

/** The whole folded days between two instants, if there are any. */
function wholeDays(
  from: Date,
  to: Date,
  { zone, foldedTo }: Folded,
): { zone: string; from: Date; to: Date } | null {
  if (!foldedTo) return null;
  const firstDay = dayAt(from, zone);
  const start = dayStart(firstDay, zone);
  const first = start < from ? dayStart(addDays(firstDay, 1), zone) : start;
  const lastStart = dayStart(dayAt(to, zone), zone);
  const end = lastStart < foldedTo ? lastStart : foldedTo;
  return first < end ? { zone, from: first, to: end } : null;
}
