import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { APP, withClient } from "./postgres/database.mjs";
import { runPrisma } from "./prisma-cli.mjs";
import { ROOT } from "./root.mjs";

const FOLDER = join(ROOT, "prisma/migrations");

/** The migrations of this clone, in order, with the checksum that Prisma keeps of each. */
export function migrationsOnDisk() {
  return readdirSync(FOLDER)
    .filter((name) => existsSync(join(FOLDER, name, "migration.sql")))
    .sort()
    .map((name) => {
      const script = readFileSync(join(FOLDER, name, "migration.sql"));
      return { name, checksum: createHash("sha256").update(script).digest("hex") };
    });
}

/** Whether every migration has been applied, without asking Prisma. */
export function isCurrent(adminUrl) {
  return withClient(adminUrl, async (client) => {
    const { rows: found } = await client.query("SELECT to_regclass('public._prisma_migrations') AS it");
    if (!found[0].it) return false;
    const { rows } = await client.query(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    const applied = new Set(rows.map((row) => row.migration_name));
    return migrationsOnDisk().every(({ name }) => applied.has(name));
  });
}

/**
 * Applies what is missing (`prisma migrate deploy`) and lets the processes' role at the tables. Quick when nothing is.
 * @param {string} adminUrl of the role that owns the schema
 * @param {string} [appRole] of the processes, when it is another
 * @returns {Promise<boolean>} whether anything was applied
 * @throws Error with Prisma's own words
 */
export async function migrate(adminUrl, appRole = APP) {
  const current = await isCurrent(adminUrl);
  if (!current) {
    const { code, output } = await runPrisma(["migrate", "deploy"], {
      env: { DATABASE_ADMIN_URL: adminUrl },
    });
    if (code !== 0) throw new Error(`The database could not be brought up to date.\n${output.trim()}`);
  }
  await grantApp(adminUrl, appRole, !current);
  return !current;
}

async function grantApp(adminUrl, role, always) {
  await withClient(adminUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT rolname = current_user AS same, has_table_privilege(rolname, 'public.users', 'INSERT') AS granted
         FROM pg_roles WHERE rolname = $1`,
      [role],
    );
    if (!rows[0] || rows[0].same || (rows[0].granted && !always)) return;
    await client.query("SELECT ledger.grant_app($1)", [role]);
  });
}
