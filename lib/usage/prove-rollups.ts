import { pool } from "@/lib/db";
import { log } from "@/lib/log";
import { dayAt, dayStart } from "@/lib/usage/zone-days";

const QUARTER_MS = 15 * 60_000;
/** Younger quarters of an hour still change. */
const CLOSED_MS = 30 * 60_000;
/** One workspace is read through in stretches of this length. */
const STRETCH_MS = 7 * 86_400_000;
/** How much a sample looks at. */
const SAMPLE = { workspaces: 20, recentMs: 3 * 3_600_000 };

export interface Proof {
  workspaces: number;
  /** Quarters of an hour that said something else than their rows, and were written anew. */
  repaired: number;
}

interface Stretch {
  workspaceId: string;
  from: Date;
  to: Date;
}

/**
 * Compares the rollups with the rows that they sum up, and writes those anew that differ. `full` reads every row;
 * `sample` the last hours and a day drawn at random of some workspaces drawn at random. Rows that retention has
 * dropped prove nothing any more, and their rollups stay. Each difference is logged as an alert.
 */
export async function proveRollups(mode: "sample" | "full", now: Date): Promise<Proof> {
  const end = Math.floor((now.getTime() - CLOSED_MS) / QUARTER_MS) * QUARTER_MS;
  const start = await oldestMonth();
  const proof: Proof = { workspaces: 0, repaired: 0 };
  if (!start || start.getTime() >= end) return proof;
  const seen = new Set<string>();
  for (const stretch of mode === "full"
    ? await everything(start.getTime(), end)
    : await sample(start.getTime(), end)) {
    seen.add(stretch.workspaceId);
    proof.repaired += await proveStretch(stretch);
  }
  proof.workspaces = seen.size;
  return proof;
}

/** The first instant of which every row is still there. */
async function oldestMonth(): Promise<Date | null> {
  const { rows } = await pool().query<{ start: Date | null }>(
    `SELECT min(to_date(right(c.relname, 7), 'YYYY_MM'))::timestamp AT TIME ZONE 'UTC' AS start
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'usage.calls'::regclass`,
  );
  return rows[0]?.start ?? null;
}

async function everything(start: number, end: number): Promise<Stretch[]> {
  const { rows } = await pool().query<{ id: string }>("SELECT id FROM workspaces ORDER BY id");
  return rows.flatMap(({ id }) => {
    const stretches: Stretch[] = [];
    for (let at = start; at < end; at += STRETCH_MS) {
      stretches.push({ workspaceId: id, from: new Date(at), to: new Date(Math.min(at + STRETCH_MS, end)) });
    }
    return stretches;
  });
}

async function sample(start: number, end: number): Promise<Stretch[]> {
  const { rows } = await pool().query<{ id: string }>(
    "SELECT id FROM workspaces ORDER BY random() LIMIT $1",
    [SAMPLE.workspaces],
  );
  return rows.flatMap(({ id: workspaceId }) => {
    const recent = Math.max(start, end - SAMPLE.recentMs);
    const days = Math.max(1, Math.floor((end - start) / 86_400_000));
    const drawn = start + Math.floor(Math.random() * days) * 86_400_000;
    return [
      { workspaceId, from: new Date(recent), to: new Date(end) },
      { workspaceId, from: new Date(drawn), to: new Date(Math.min(drawn + 86_400_000, recent)) },
    ].filter(({ from, to }) => from < to);
  });
}

async function proveStretch({ workspaceId, from, to }: Stretch): Promise<number> {
  const { rows } = await pool().query<{ bucket: Date }>("SELECT * FROM usage.unproven($1, $2, $3)", [
    workspaceId,
    from,
    to,
  ]);
  if (rows.length === 0) return 0;
  for (const difference of rows) {
    log.error(
      { alert: "rollups_differ", workspaceId, ...textOf(difference) },
      "a rollup said something else than its rows and is written anew",
    );
  }
  const buckets = rows.map(({ bucket }) => bucket);
  await pool().query("SELECT usage.repair($1, $2::timestamptz[])", [workspaceId, buckets]);
  await unfold(workspaceId, buckets[0] ?? from);
  return rows.length;
}

/** Days that hold a repaired quarter are folded again; until then they are read from the quarters. */
async function unfold(workspaceId: string, first: Date): Promise<void> {
  const { rows } = await pool().query<{ zone: string }>(
    "SELECT zone FROM usage_zones WHERE workspace_id = $1 AND folded_to > $2",
    [workspaceId, first],
  );
  for (const { zone } of rows) {
    await pool().query(
      "UPDATE usage_zones SET folded_to = least(folded_to, $3) WHERE workspace_id = $1 AND zone = $2",
      [workspaceId, zone, dayStart(dayAt(first, zone), zone)],
    );
  }
}

/** JSON has no bigint. */
function textOf(row: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString() : String(value),
    ]),
  );
}
