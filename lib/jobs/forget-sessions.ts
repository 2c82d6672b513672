import { pool } from "@/lib/db";
import { log } from "@/lib/log";

const STATEMENTS = {
  sessions: `DELETE FROM sessions
               WHERE least(revoked_at, expires_at, last_seen_at + interval '12 hours') < now() - interval '30 days'`,
  tokens: "DELETE FROM one_time_tokens WHERE expires_at < now() - interval '7 days'",
  throttles: `DELETE FROM throttles WHERE window_start < now() - interval '2 days'
                 AND (blocked_until IS NULL OR blocked_until < now())`,
  mails: "DELETE FROM mails WHERE body_cipher IS NULL AND created_at < now() - interval '30 days'",
};

/** Removes what only says where people once signed in from and what was mailed to them. The trail stays. */
export const forgetSessionsJob = {
  name: "forget-sessions",
  everyMs: 60 * 60_000,
  async run(): Promise<void> {
    const removed: Record<string, number> = {};
    for (const [what, sql] of Object.entries(STATEMENTS)) {
      const { rowCount } = await pool().query(sql);
      if (rowCount) removed[what] = rowCount;
    }
    if (Object.keys(removed).length > 0) log.info({ removed }, "forgot old sessions, links and mails");
  },
};
