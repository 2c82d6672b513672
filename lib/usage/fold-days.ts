import { pool } from "@/lib/db";
import { dayBounds } from "@/lib/usage/day-bounds";
import { dayAt, dayStart } from "@/lib/usage/zone-days";

/** A day is folded this long after its end, when nothing of it can still be on its way. */
const SETTLED_MS = 2 * 3_600_000;
/** So many days in one statement, so that none takes long. */
const MOST_DAYS = 30;
/** The newest days, for which the wallet is locked, in one of their own. */
const FRESH_DAYS = 4;

interface Due {
  workspaceId: string;
  foldedTo: Date | null;
  /** The first quarter of an hour with calls that is not folded. */
  next: Date | null;
}

/**
 * Sums up the finished days of every workspace in every zone in which it is looked at, so that a chart of months
 * reads one row a day. May run at any time and as often as one likes. Answers how many workspaces it moved on.
 */
export async function foldDays(now: Date): Promise<number> {
  const { rows: zones } = await pool().query<{ zone: string }>("SELECT DISTINCT zone FROM usage_zones");
  let moved = 0;
  for (const { zone } of zones) {
    // The first instant of the oldest day that is not over and done with.
    const end = dayStart(dayAt(new Date(now.getTime() - SETTLED_MS), zone), zone);
    const { rows } = await pool().query<Due>(
      `SELECT z.workspace_id AS "workspaceId", z.folded_to AS "foldedTo",
              (SELECT min(u.bucket) FROM usage_rollups u
                WHERE u.workspace_id = z.workspace_id AND u.bucket >= coalesce(z.folded_to, '-infinity')) AS "next"
         FROM usage_zones z WHERE z.zone = $1 AND (z.folded_to IS NULL OR z.folded_to < $2)`,
      [zone, end],
    );
    const idle = rows.filter(({ next }) => next === null || next >= end);
    await pool().query(
      "UPDATE usage_zones SET folded_to = $3 WHERE zone = $1 AND workspace_id = ANY($2::text[])",
      [zone, idle.map(({ workspaceId }) => workspaceId), end],
    );
    for (const due of rows) {
      if (due.next !== null && due.next < end) await foldWorkspace(due.workspaceId, zone, due.next, end);
    }
    moved += rows.length;
  }
  return moved;
}

async function foldWorkspace(workspaceId: string, zone: string, next: Date, end: Date): Promise<void> {
  const bounds = dayBounds(next, end, zone);
  const fresh = Math.max(0, bounds.length - 1 - FRESH_DAYS);
  for (let at = 0; at < bounds.length - 1; ) {
    const last = at < fresh ? Math.min(at + MOST_DAYS, fresh) : bounds.length - 1;
    await pool().query("SELECT usage.fold_days($1, $2, $3::timestamptz[])", [
      workspaceId,
      zone,
      bounds.slice(at, last + 1),
    ]);
    at = last;
  }
}
