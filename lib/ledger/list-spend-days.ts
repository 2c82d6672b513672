import { pool } from "@/lib/db";
import type { SpendDayLine } from "@/lib/ledger/history";
import { dayBounds } from "@/lib/usage/day-bounds";
import { SqlValues } from "@/lib/usage/filter-sql";
import { readFolded, sumSource } from "@/lib/usage/sum-source";
import { usagePool } from "@/lib/usage/usage-pool";
import { addDays, dayAt, dayStart, knownZone } from "@/lib/usage/zone-days";

const QUARTER_MS = 15 * 60 * 1000;
const FIRST_WINDOW_DAYS = 31;

/**
 * The days with charged calls, newest first, from the rollups. It reads back in windows that double, so that a busy
 * workspace is answered from its last month and a quiet one is still found. `before` and `floor` bound the lines.
 */
export async function listSpendDays(
  workspaceId: string,
  input: { timeZone: string; before: Date | undefined; floor: Date | undefined; limit: number },
): Promise<SpendDayLine[]> {
  const zone = knownZone(input.timeZone);
  const oldest = await pool().query<{ bucket: Date | null }>(
    "SELECT min(bucket) AS bucket FROM usage_rollups WHERE workspace_id = $1",
    [workspaceId],
  );
  const first = oldest.rows[0]?.bucket;
  if (!first) return [];
  const firstDay = dayAt(input.floor && input.floor > first ? input.floor : first, zone);

  const lines: SpendDayLine[] = [];
  let lastDay = dayAt(input.before ?? new Date(Date.now() + QUARTER_MS), zone);
  for (let span = FIRST_WINDOW_DAYS; lastDay >= firstDay && lines.length < input.limit; span *= 2) {
    const from = [addDays(lastDay, 1 - span), firstDay].sort().at(-1) ?? firstDay;
    const found = await readWindow(workspaceId, from, lastDay, zone);
    lines.push(
      ...found.filter(({ at }) => (!input.before || at < input.before) && (!input.floor || at > input.floor)),
    );
    lastDay = addDays(from, -1);
  }
  return lines.slice(0, input.limit);
}

async function readWindow(
  workspaceId: string,
  from: string,
  to: string,
  zone: string,
): Promise<SpendDayLine[]> {
  const end = dayStart(addDays(to, 1), zone);
  const bounds = dayBounds(dayStart(from, zone), end, zone);
  const folded = await readFolded({ workspaceId }, zone);
  const values = new SqlValues();
  const workspace = values.add(workspaceId);
  const source = sumSource(values, { workspace, from: dayStart(from, zone), to: end, folded, filters: {} });
  const { rows } = await usagePool().query<{ day: number; cost_nano: bigint; calls: bigint; last: Date }>(
    `SELECT width_bucket(u.bucket, ${values.add(bounds)}::timestamptz[]) - 1 AS day, sum(u.cost_nano)::bigint AS cost_nano,
        sum(u.calls)::bigint AS calls, max(u.bucket) FILTER (WHERE u.cost_nano > 0) AS last
      FROM ${source} u GROUP BY 1 HAVING sum(u.cost_nano) > 0 ORDER BY 1 DESC`,
    values.list,
  );
  return rows.flatMap((row) => {
    const [start, next] = [bounds[row.day], bounds[row.day + 1]];
    if (!start || !next) return [];
    // Of a folded day only the day is known.
    const isFolded = folded.foldedTo !== null && next <= folded.foldedTo;
    const last = isFolded ? next.getTime() : row.last.getTime() + QUARTER_MS;
    return [
      {
        kind: "spend" as const,
        day: dayAt(start, zone),
        at: new Date(last - 1),
        amountNano: -row.cost_nano,
        calls: row.calls,
      },
    ];
  });
}
