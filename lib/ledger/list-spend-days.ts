import { pool } from "@/lib/db";
import type { SpendDayLine } from "@/lib/ledger/history";
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
  const { rows } = await pool().query<{ day: string; cost_nano: bigint; calls: bigint; last: Date }>(
    `SELECT to_char(bucket AT TIME ZONE $4, 'YYYY-MM-DD') AS day, sum(cost_nano)::bigint AS cost_nano,
        sum(calls)::bigint AS calls, max(bucket) FILTER (WHERE cost_nano > 0) AS last
      FROM usage_rollups WHERE workspace_id = $1 AND bucket >= $2 AND bucket < $3
      GROUP BY 1 HAVING sum(cost_nano) > 0 ORDER BY 1 DESC`,
    [workspaceId, dayStart(from, zone), dayStart(addDays(to, 1), zone), zone],
  );
  return rows.map((row) => ({
    kind: "spend",
    day: row.day,
    at: new Date(row.last.getTime() + QUARTER_MS - 1),
    amountNano: -row.cost_nano,
    calls: row.calls,
  }));
}
