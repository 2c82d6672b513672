import { pool } from "@/lib/db";

/** A gateway that has not been heard of for this long is dead. */
export const DEAD_AFTER_MS = 15_000;

/** Settles the holds of dead gateways at their last checkpoint. Returns how many were closed. */
export async function reapHolds(deadAfterMs = DEAD_AFTER_MS, limit = 500): Promise<number> {
  const { rows } = await pool().query<{ reap: number }>(
    "SELECT ledger.reap($1 * interval '1 ms', $2) AS reap",
    [deadAfterMs, limit],
  );
  return rows[0]?.reap ?? 0;
}
