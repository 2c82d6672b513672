import type pg from "pg";
import { pool } from "@/lib/db";
import { migrationsOnDisk } from "@/lib/run/migrate.mjs";

const KEEP_MS = 1_000;
const QUERY_TIMEOUT_MS = 2_000;

export interface Readiness {
  ready: boolean;
  /** Why not, for the operator; empty when it is. */
  reason: string;
}

let wanted: readonly string[] | undefined;
let last: { atMs: number; answer: Promise<Readiness> } | undefined;

async function ask(): Promise<Readiness> {
  wanted ??= migrationsOnDisk().map(({ name }) => name);
  const query: pg.QueryConfig & { query_timeout: number } = {
    text: `SELECT array(SELECT unnest($1::text[]) EXCEPT
                        SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL) AS missing`,
    values: [wanted],
    query_timeout: QUERY_TIMEOUT_MS,
  };
  try {
    const { rows } = await pool().query<{ missing: string[] }>(query);
    const missing = rows[0]?.missing ?? [];
    if (missing.length === 0) return { ready: true, reason: "" };
    return { ready: false, reason: `migrations not applied: ${missing.join(", ")}` };
  } catch {
    return { ready: false, reason: "the database cannot be reached" };
  }
}

/** Whether this process can serve: the database answers and has every migration of this clone. Kept for a second. */
export function readiness(): Promise<Readiness> {
  const nowMs = Date.now();
  if (!last || nowMs - last.atMs > KEEP_MS) last = { atMs: nowMs, answer: ask() };
  return last.answer;
}
