import pg from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { readRetentionMonths } from "@/lib/usage/retention";

interface Month {
  name: string;
  attached: boolean;
  pending: boolean;
}

/**
 * Drops the months of calls that are older than what is kept. A month is first taken out of the table without
 * holding up any call, and dropped when nobody reads it any more; a run that was interrupted is finished by the next.
 */
export const dropOldCallsJob = {
  name: "drop-old-calls",
  everyMs: 6 * 60 * 60_000,
  async run(): Promise<void> {
    const keep = await readRetentionMonths();
    if (keep === null) return;
    const client = new pg.Client(env().DATABASE_ADMIN_URL ?? env().DATABASE_URL);
    client.on("error", (error) => log.warn({ err: error.message }, "database connection lost"));
    await client.connect();
    try {
      for (const { name, attached, pending } of await oldMonths(client, keep)) {
        const month = client.escapeIdentifier(name);
        if (attached) {
          const how = pending ? "FINALIZE" : "CONCURRENTLY";
          await client.query(`ALTER TABLE usage.calls DETACH PARTITION usage.${month} ${how}`);
        }
        await client.query(`DROP TABLE usage.${month}`);
        log.info({ month: name }, "dropped a month of calls that is older than what is kept");
      }
    } finally {
      await client.end();
    }
  },
};

/** Oldest first: those in the table and those that were taken out but not dropped. */
async function oldMonths(client: pg.Client, keep: number): Promise<Month[]> {
  const { rows } = await client.query<Month>(
    `SELECT c.relname AS name, i.inhrelid IS NOT NULL AS attached, coalesce(i.inhdetachpending, false) AS pending
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = 'usage.calls'::regclass
      WHERE n.nspname = 'usage' AND c.relkind = 'r' AND c.relname ~ '^calls_\\d{4}_\\d{2}$'
        AND to_date(right(c.relname, 7), 'YYYY_MM') < date_trunc('month', now() AT TIME ZONE 'UTC') - $1 * interval '1 month'
      ORDER BY c.relname`,
    [keep],
  );
  return rows;
}
