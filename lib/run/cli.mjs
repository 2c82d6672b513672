/**
 * `npm run -s tollgate -- NOUN VERB`: the operator's command line, on the database that `npm start` uses, whether or
 * not it is running. Only the command's own answer goes to standard output.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { ensureDependencies } from "./install.mjs";
import { runningInstance } from "./instance.mjs";
import { step } from "./progress.mjs";
import { dataFolder, ROOT } from "./root.mjs";

const say = (text) => console.error(text);
const isSet = (name) => Boolean(process.env[name]?.trim());

/** The database of `npm start`, running for the duration of the command. */
async function openOwnDatabase(dataDir) {
  const { openEmbedded } = await import("./embedded.mjs");
  const { cluster, url, adminUrl } = await step(say, "Starting Postgres", () => openEmbedded(dataDir));
  return { cluster, url, adminUrl };
}

async function database(dataDir) {
  const { migrate } = await import("./migrate.mjs");
  if (isSet("DATABASE_URL")) {
    const url = process.env.DATABASE_URL.trim();
    const adminUrl = process.env.DATABASE_ADMIN_URL?.trim() || url;
    await step(say, "Bringing the database up to date", () =>
      migrate(adminUrl, decodeURIComponent(new URL(url).username)),
    );
    return { url, adminUrl };
  }
  const opened = await openOwnDatabase(dataDir);
  await step(say, "Bringing the database up to date", () => migrate(opened.adminUrl));
  return opened;
}

/** What the running processes were given and we were not: where they are, and the secrets of the data folder. */
async function settingsOf(dataDir) {
  const { loadSecrets, SECRET_SETTINGS } = await import("./secrets.mjs");
  const secrets = loadSecrets(dataDir);
  const production = process.env.TOLLGATE_ENV?.trim() === "production";
  const names = production ? [] : SECRET_SETTINGS;
  const found = Object.fromEntries(names.map((name) => [name, secrets[name]]));
  const running = runningInstance(dataDir);
  if (running) {
    Object.assign(found, {
      PORT: String(running.port),
      GATEWAY_PORT: String(running.gatewayPort),
      PUBLIC_URL: running.publicUrl,
      PUBLIC_API_URL: running.publicApiUrl,
      TOLLGATE_STAND_INS: running.standIns,
      ...(running.sandboxUrl ? { TOLLGATE_SANDBOX_URL: running.sandboxUrl } : {}),
    });
  }
  return Object.fromEntries(Object.entries(found).filter(([name]) => !isSet(name)));
}

/** Others may have begun to use the Postgres that we started; it stops with the last of them. */
async function leave(cluster, dataDir) {
  if (!cluster || cluster.reused || runningInstance(dataDir)) return;
  const { withClient } = await import("./postgres/database.mjs");
  const others = await withClient(cluster.superUrl(), async (client) => {
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    );
    return rows[0].n;
  });
  if (others === 0) await cluster.stop("fast");
}

function runCommand(env) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--enable-source-maps", join(ROOT, ".build/cli.mjs"), ...process.argv.slice(2)],
      { env, stdio: "inherit" },
    );
    // A terminal sends Ctrl-C to both of us; the command decides.
    process.on("SIGINT", () => {});
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

async function main() {
  if (existsSync(join(ROOT, ".env"))) process.loadEnvFile(join(ROOT, ".env"));
  await ensureDependencies(say);
  await ensureBuilt(say, ["client", "bundles"]);
  const dataDir = dataFolder();
  const { cluster, url, adminUrl } = await database(dataDir);
  try {
    return await runCommand({
      ...process.env,
      ...(await settingsOf(dataDir)),
      NODE_ENV: "production",
      TOLLGATE_DATA_DIR: dataDir,
      DATABASE_URL: url,
      DATABASE_ADMIN_URL: adminUrl,
    });
  } finally {
    await leave(cluster, dataDir);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
