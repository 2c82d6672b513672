import { openEmbedded } from "@/lib/run/embedded.mjs";
import { migrate } from "@/lib/run/migrate.mjs";
import { APP, withClient } from "@/lib/run/postgres/database.mjs";
import { step } from "@/lib/run/progress.mjs";

export interface Database {
  url: string;
  adminUrl: string;
  /** Undefined when the database is not ours to run. */
  cluster: Awaited<ReturnType<typeof openEmbedded>>["cluster"] | undefined;
}

export interface DatabaseSettings {
  DATABASE_URL?: string | undefined;
  DATABASE_ADMIN_URL?: string | undefined;
}

/**
 * The database of this start, brought up to date: the one that DATABASE_URL names, else the embedded one.
 * Throws an Error for people, without the password.
 */
export async function openDatabase(
  settings: DatabaseSettings,
  dataDir: string,
  say: (text: string) => void,
): Promise<Database> {
  const url = settings.DATABASE_URL?.trim();
  const adminUrl = settings.DATABASE_ADMIN_URL?.trim() || url;
  if (!url || !adminUrl) {
    const opened = await step(say, "Starting Postgres", () => openEmbedded(dataDir));
    await step(say, "Bringing the database up to date", () => migrate(opened.adminUrl, APP));
    return opened;
  }
  for (const [name, text] of Object.entries({ DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl })) {
    await withClient(text, (client) => client.query("SELECT 1")).catch((error: Error) => {
      throw new Error(`The database that ${name} names cannot be used: ${error.message}`);
    });
  }
  await step(say, "Bringing the database up to date", () => migrate(adminUrl, roleOf(url)));
  return { url, adminUrl, cluster: undefined };
}

function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

/** What the start needs to know of what is in it. */
export async function lookInside(adminUrl: string): Promise<{ hasProvider: boolean; hasOperator: boolean }> {
  return withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ provider: boolean; operator: boolean }>(
      `SELECT EXISTS (SELECT FROM connections WHERE enabled AND name <> 'sandbox') AS provider,
              EXISTS (SELECT FROM users WHERE is_operator AND disabled_at IS NULL) AS operator`,
    );
    return { hasProvider: rows[0]?.provider ?? false, hasOperator: rows[0]?.operator ?? false };
  });
}
