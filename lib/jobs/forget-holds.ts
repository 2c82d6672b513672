import { pool } from "@/lib/db";
import { log } from "@/lib/log";

/** A closed hold is a call's idempotency; nothing repeats a call after this. */
const KEEP_DAYS = 35;

/** Removes holds that were closed long ago, and gateways long gone. */
export const forgetHoldsJob = {
  name: "forget-holds",
  everyMs: 60 * 60_000,
  async run(): Promise<void> {
    const { rowCount } = await pool().query(
      `DELETE FROM holds WHERE id IN (
         SELECT id FROM holds WHERE status <> 'open' AND closed_at < now() - $1 * interval '1 day' LIMIT 50000)`,
      [KEEP_DAYS],
    );
    await pool().query("DELETE FROM gateway_instances WHERE heartbeat_at < now() - interval '7 days'");
    if (rowCount) log.info({ removed: rowCount }, "forgot old holds");
  },
};
