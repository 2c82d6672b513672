import pg from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

/** How far ahead the months of entries and usage are made. */
const MONTHS_AHEAD = 6;

/** Only the owner of the schema can make a partition, so this job has a connection of its own for the moment. */
export const makePartitionsJob = {
  name: "make-partitions",
  everyMs: 6 * 60 * 60_000,
  async run(): Promise<void> {
    const client = new pg.Client(env().DATABASE_ADMIN_URL ?? env().DATABASE_URL);
    client.on("error", (error) => log.warn({ err: error.message }, "database connection lost"));
    await client.connect();
    try {
      const { rows } = await client.query<{ made: number }>(
        "SELECT ledger.make_partitions((now() AT TIME ZONE 'UTC')::date, $1) AS made",
        [MONTHS_AHEAD],
      );
      if (rows[0]?.made) log.info({ made: rows[0].made }, "made partitions ahead");
    } finally {
      await client.end();
    }
  },
};
