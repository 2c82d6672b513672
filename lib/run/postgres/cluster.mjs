import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort, portIsFree } from "../free-port.mjs";
import { launcher, postgresAccount } from "./account.mjs";
import { postgresFolder } from "./binaries.mjs";
import { initialise } from "./initialise.mjs";
import { disownPidFile, isAlive, isPostmaster, readPidFile } from "./pid-file.mjs";

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
/** Postgres's words for "starting up", "shutting down" and "in recovery". */
const NOT_YET = "57P03";

/**
 * @typedef {object} ClusterOptions
 * @property {string} folder the data folder, made if it is missing
 * @property {string} password of the superuser `postgres`
 * @property {string} logFile
 * @property {number} [port] the port to prefer; another free one is taken if it is in use
 * @property {Record<string, string>} [settings] Postgres settings for this start
 * @property {boolean} [throwaway] skips the fsync of initdb (never that of the server)
 */

/**
 * @typedef {object} Cluster
 * @property {number} port
 * @property {number} pid of the postmaster
 * @property {boolean} reused it was already running, left by a supervisor that was killed
 * @property {(database?: string) => string} superUrl
 * @property {() => boolean} alive
 * @property {(mode?: "smart" | "fast" | "immediate") => Promise<void>} stop
 */

function superUrl(port, password, database = "postgres") {
  return `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** Resolves once the server takes our password and serves our folder; rejects with "gone" if it ends first. */
async function ready(port, password, stillThere) {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let last = "";
  while (Date.now() < deadline) {
    if (!stillThere()) throw new Error("gone");
    const client = new pg.Client({
      connectionString: superUrl(port, password),
      connectionTimeoutMillis: 2_000,
    });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query("SHOW data_directory");
      return rows[0].data_directory;
    } catch (error) {
      last = error.message;
      if (
        error.code &&
        error.code !== NOT_YET &&
        error.code !== "ECONNREFUSED" &&
        error.code !== "ECONNRESET"
      ) {
        throw error;
      }
      await sleep(25);
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new Error(`Postgres did not become ready within a minute: ${last}`);
}

function handle(options, pid, port, reused) {
  const alive = () => isPostmaster(pid);
  return {
    port,
    pid,
    reused,
    superUrl: (database) => superUrl(port, options.password, database),
    alive,
    async stop(mode = "fast") {
      const signal = { smart: "SIGTERM", fast: "SIGINT", immediate: "SIGQUIT" }[mode];
      if (alive()) process.kill(pid, signal);
      const deadline = Date.now() + STOP_TIMEOUT_MS;
      while (alive() && Date.now() < deadline) await sleep(20);
      if (alive()) process.kill(pid, "SIGQUIT");
    },
  };
}

/** A postmaster of this very folder that a killed supervisor left behind: taken over, or waited for until it is gone. */
async function takeOver(options) {
  const left = readPidFile(options.folder);
  if (!left) return undefined;
  if (isPostmaster(left.pid)) {
    try {
      const folder = await ready(left.port, options.password, () => isPostmaster(left.pid));
      if (folder === options.folder) return handle(options, left.pid, left.port, true);
    } catch (error) {
      if (error.message !== "gone") throw error;
    }
  }
  if (isAlive(left.pid)) disownPidFile(options.folder);
  return undefined;
}

/**
 * A running Postgres over the given folder: made if there is none, taken over if it still runs. It listens on loopback
 * only and outlives us unless stopped. Every commit is durable: fsync and synchronous_commit stay on.
 * @param {ClusterOptions} options
 * @returns {Promise<Cluster>}
 */
export async function openCluster(options) {
  const running = await takeOver(options);
  if (running) return running;
  const postgres = postgresFolder();
  const bin = join(postgres, "bin");
  const account = postgresAccount();
  mkdirSync(dirname(options.folder), { recursive: true });
  mkdirSync(dirname(options.logFile), { recursive: true });
  const launch = launcher(account, [bin, dirname(options.folder)]);
  if (!existsSync(join(options.folder, "PG_VERSION"))) await initialise(options, launch, bin, account);

  for (let attempt = 1; ; attempt++) {
    const preferred = attempt === 1 ? options.port : undefined;
    const port = preferred && (await portIsFree(preferred)) ? preferred : await freePort();
    const settings = {
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      timezone: "UTC",
      log_timezone: "UTC",
      max_connections: "200",
      ...options.settings,
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const {
      command,
      args,
      options: as,
    } = launch(join(bin, "postgres"), [...["-D", options.folder, "-p", String(port)], ...flags]);
    const log = openSync(options.logFile, "a", 0o640);
    // A session of its own: Ctrl-C in a terminal must reach us, not Postgres, which stops last.
    const child = spawn(command, args, { ...as, cwd: "/", detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    let exited = false;
    child.on("error", () => {
      exited = true;
    });
    child.on("exit", () => {
      exited = true;
    });
    child.unref();
    try {
      await ready(port, options.password, () => !exited);
      return handle(options, child.pid, port, false);
    } catch (error) {
      const ended = error.message === "gone";
      if (!ended && !exited) process.kill(child.pid, "SIGQUIT");
      const tail = readFileSync(options.logFile, "utf8").trim().split("\n").slice(-5).join("\n");
      const leftovers = tail.includes("shared memory block");
      if (ended && attempt < 20 && (leftovers || !(await portIsFree(port)))) {
        // Processes of a killed server end by themselves, a moment later.
        await sleep(250);
        continue;
      }
      throw new Error(
        `Postgres did not start${ended ? "" : ` (${error.message})`}. Its last words:\n${tail}`,
      );
    }
  }
}
