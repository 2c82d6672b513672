import type pg from "pg";
import { bigintTypes, makePool } from "@/lib/db";
import { env } from "@/lib/env";

const store = globalThis as unknown as { tollgateUsagePool?: pg.Pool };

/**
 * What these statements are: thousands of rows that lie side by side, found by an index. A planner that takes each
 * for a seek of an old disk would read whole tables instead, and compiling would take longer than running.
 */
const PLANNER = ["random_page_cost=1.1", "work_mem=32MB", "jit=off", "max_parallel_workers_per_gather=1"];

/** Connections of the usage views, so that a heavy one holds up no other page. Nothing is written on them. */
export function usagePool(): pg.Pool {
  store.tollgateUsagePool ??= makePool({
    connectionString: env().DATABASE_URL,
    max: 5,
    idleTimeoutMillis: 10_000,
    // They end with the process that opened them, without being told.
    allowExitOnIdle: true,
    application_name: "tollgate-usage",
    options: PLANNER.map((setting) => `-c ${setting}`).join(" "),
    types: bigintTypes,
  });
  return store.tollgateUsagePool;
}
