import pg from "pg";

/** Every table of the test's database, whoever may read it, that holds a text anywhere. */
export async function placesOf(text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: superUrl() });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')",
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const asked = `SELECT 1 FROM ${name} AS t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`;
      const { rowCount } = await client.query(asked, [text]);
      if (rowCount) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}

/** The superuser's address of this file's own database. */
function superUrl(): string {
  const url = new URL(process.env.TOLLGATE_TEST_SUPER_URL ?? "");
  url.pathname = new URL(process.env.DATABASE_URL ?? "").pathname;
  return url.href;
}
