import { pool } from "@/lib/db";
import { log } from "@/lib/log";

const AT_ONCE = 5_000;

/** Deletes the prompts whose time is over. */
export const forgetPromptsJob = {
  name: "forget-prompts",
  everyMs: 10 * 60_000,
  async run(): Promise<void> {
    let removed = 0;
    for (let more = true; more; ) {
      const { rowCount } = await pool().query(
        `DELETE FROM prompt_logs WHERE (workspace_id, request_id) IN (
           SELECT workspace_id, request_id FROM prompt_logs WHERE expires_at <= now() LIMIT ${AT_ONCE})`,
      );
      removed += rowCount ?? 0;
      more = rowCount === AT_ONCE;
    }
    if (removed > 0) log.info({ removed }, "forgot prompts whose time was over");
  },
};
