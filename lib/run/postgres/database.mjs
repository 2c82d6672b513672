import pg from "pg";

export const OWNER = "tollgate_owner";
export const APP = "tollgate_app";

/**
 * Runs some work on one connection and closes it.
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function ensureRole(client, name, password, attributes) {
  const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [name]);
  const verb = rowCount ? "ALTER" : "CREATE";
  await client.query(`${verb} ROLE ${name} LOGIN ${attributes} PASSWORD ${client.escapeLiteral(password)}`);
}

/**
 * Makes sure of the two roles and of the database: one role owns schema, migrations and partitions, the other, which
 * the processes use, cannot change them.
 * @param {string} superUrl of the superuser, on the database `postgres`
 * @param {{ database: string, ownerPassword: string, appPassword: string }} wanted
 */
export async function ensureDatabase(superUrl, { database, ownerPassword, appPassword }) {
  await withClient(superUrl, async (client) => {
    await ensureRole(client, OWNER, ownerPassword, "NOSUPERUSER CREATEDB NOCREATEROLE");
    await ensureRole(client, APP, appPassword, "NOSUPERUSER NOCREATEDB NOCREATEROLE");
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${OWNER}`);
  });
}

/**
 * @param {string} url any connection string of the server
 * @param {{ user: string, password: string, database: string }} as
 */
export function urlFor(url, { user, password, database }) {
  const parsed = new URL(url);
  parsed.username = user;
  parsed.password = encodeURIComponent(password);
  parsed.pathname = `/${database}`;
  return parsed.toString();
}
