import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openCluster } from "./postgres/cluster.mjs";
import { APP, ensureDatabase, OWNER, urlFor } from "./postgres/database.mjs";
import { loadSecrets } from "./secrets.mjs";

const DATABASE = "tollgate";

function rememberedPort(file) {
  try {
    return Number(JSON.parse(readFileSync(file, "utf8")).port) || undefined;
  } catch {
    return undefined;
  }
}

/**
 * The Postgres of a data folder, running, with its roles and its database (not yet migrated).
 * @param {string} dataDir
 */
export async function openEmbedded(dataDir) {
  const secrets = loadSecrets(dataDir);
  const logs = join(dataDir, "logs");
  mkdirSync(logs, { recursive: true });
  const portFile = join(dataDir, "postgres.json");
  const cluster = await openCluster({
    folder: resolve(dataDir, "postgres"),
    logFile: join(logs, "postgres.log"),
    password: secrets.superPassword,
    port: rememberedPort(portFile),
  });
  if (cluster.port !== rememberedPort(portFile))
    writeFileSync(portFile, JSON.stringify({ port: cluster.port }));
  await ensureDatabase(cluster.superUrl(), { database: DATABASE, ...secrets });
  const as = (user, password) => urlFor(cluster.superUrl(), { user, password, database: DATABASE });
  return {
    cluster,
    url: as(APP, secrets.appPassword),
    adminUrl: as(OWNER, secrets.ownerPassword),
  };
}
