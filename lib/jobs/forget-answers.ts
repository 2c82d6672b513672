import { pool } from "@/lib/db";
import { log } from "@/lib/log";

/** A repeated call of the management API is answered from memory for this long. */
const KEEP_HOURS = 24;

/** Removes what the management API answered more than a day ago. */
export const forgetAnswersJob = {
  name: "forget-answers",
  everyMs: 60 * 60_000,
  async run(): Promise<void> {
    const { rowCount } = await pool().query(
      "DELETE FROM idempotent_answers WHERE created_at < now() - $1 * interval '1 hour'",
      [KEEP_HOURS],
    );
    if (rowCount) log.info({ removed: rowCount }, "forgot old answers of the management API");
  },
};
