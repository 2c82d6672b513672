import { pool } from "@/lib/db";

const KEEP_DAYS = 35;

/** How each route does, from the calls of the last minutes; after a pause, from where it stopped. */
export const measureRoutesJob = {
  name: "measure-routes",
  everyMs: 60_000,
  async run(): Promise<void> {
    // The five minutes before the newest known are read again: calls settle a moment after their time.
    await pool().query(
      `SELECT usage.measure_routes(greatest(
         coalesce((SELECT max(bucket) FROM usage_health) - interval '5 minutes', '-infinity'), now() - interval '24 hours'))`,
    );
    await pool().query(`DELETE FROM usage_health WHERE bucket < now() - interval '${KEEP_DAYS} days'`);
  },
};
