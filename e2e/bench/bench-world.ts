import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Part } from "@/e2e/bench/part";
import { ownFolder } from "@/e2e/harness/own-folder";
import { freePort } from "@/lib/run/free-port.mjs";
import { migrate } from "@/lib/run/migrate.mjs";
import { NODE_FLAGS } from "@/lib/run/node-flags";
import { openCluster } from "@/lib/run/postgres/cluster.mjs";
import { APP, ensureDatabase, OWNER, urlFor } from "@/lib/run/postgres/database.mjs";
import { ROOT } from "@/lib/run/root.mjs";

const DATABASE = "tollgate";
const MODEL = "bench/small";
const START_TIMEOUT_MS = 20_000;

/** One request as it goes over the wire. */
export interface Request {
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface Gateway {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

export interface BenchWorld {
  /** The product's own Postgres, as durable as ever. */
  postgresPid: number;
  upstream: Part;
  /** A key of a wallet with a million dollars. */
  secret: string;
  startGateway(env?: Record<string, string>): Promise<Gateway>;
  /** One small chat completion with that key. */
  call(more?: object): Request;
  checkLedger(): Promise<unknown[]>;
  stop(): Promise<void>;
}

const secret = () => randomBytes(32).toString("base64");

/**
 * Postgres as `npm start` runs it, the gateway from its bundle, and a cheap upstream, each a process of its own on
 * this machine; nothing else of the product runs.
 */
export async function startBenchWorld(): Promise<BenchWorld> {
  const folder = ownFolder("test");
  const cluster = await openCluster({
    folder: join(folder, "postgres"),
    logFile: join(folder, "postgres.log"),
    password: randomBytes(12).toString("hex"),
    throwaway: true,
  });
  const roles = { ownerPassword: secret(), appPassword: secret() };
  await ensureDatabase(cluster.superUrl(), { database: DATABASE, ...roles });
  const urlAs = (user: string, password: string) =>
    urlFor(cluster.superUrl(), { user, password, database: DATABASE });
  const adminUrl = urlAs(OWNER, roles.ownerPassword);
  await migrate(adminUrl);
  const settings = {
    DATABASE_URL: urlAs(APP, roles.appPassword),
    DATABASE_ADMIN_URL: adminUrl,
    TOLLGATE_ENV: "local",
    TOLLGATE_KEY_PEPPER: `v1:${secret()}`,
    TOLLGATE_ENCRYPTION_KEY: `v1:${secret()}`,
    NEXTAUTH_SECRET: secret(),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret(),
    STRIPE_WEBHOOK_SECRET: "whsec_bench",
    STRIPE_SECRET_KEY: "sk_test_bench",
    LOG_LEVEL: "warn",
  };
  Object.assign(process.env, settings);
  const upstream = await Part.start("upstream.mjs");
  const customer = await makeCustomer(`http://127.0.0.1:${upstream.port}/v1`);
  const gateways = new Set<ChildProcess>();

  return {
    postgresPid: cluster.pid,
    upstream,
    secret: customer.secret,
    startGateway: (env = {}) => startGateway({ ...settings, ...env }, gateways),
    call: (more = {}) => ({
      path: "/v1/chat/completions",
      headers: { authorization: `Bearer ${customer.secret}`, "content-type": "application/json" },
      body: JSON.stringify({ model: MODEL, messages: [{ role: "user", content: "Hello there" }], ...more }),
    }),
    checkLedger: async () => (await import("@/lib/ledger/check-ledger")).checkLedger(),
    async stop() {
      for (const child of gateways) child.kill("SIGKILL");
      upstream.stop();
      await (await import("@/lib/ledger/hot-pool")).closeHotPool();
      await (await import("@/lib/db")).closeDb();
      await cluster.stop("immediate");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The modules read the environment as they load. */
async function makeCustomer(upstreamUrl: string) {
  const { addConnection } = await import("@/lib/catalog/add-connection");
  const { addModel } = await import("@/lib/catalog/add-model");
  const { addSecret } = await import("@/e2e/gateway/world");
  const { grant, makeWorld } = await import("@/e2e/ledger/world");
  const { newId } = await import("@/lib/ids");
  const ctx = { actor: { kind: "cli" as const }, workspaceId: "", requestId: newId("req") };
  await addConnection(ctx, {
    name: "bench",
    kind: "openai-compatible",
    url: upstreamUrl,
    key: "sk-upstream",
    allowPrivate: true,
  });
  await addModel(ctx, {
    id: MODEL,
    connection: "bench",
    // Another name than ours, as mostly: the body is rewritten.
    upstreamId: "small-2026",
    inputUsdPerMillion: "1",
    outputUsdPerMillion: "2",
    contextTokens: 1_000_000,
    maxOutputTokens: 16_384,
    vision: true,
  });
  const world = await makeWorld();
  await grant(world, 1_000_000_000_000_000n);
  return { ...world, secret: await addSecret(world.keyId) };
}

async function startGateway(env: Record<string, string>, all: Set<ChildProcess>): Promise<Gateway> {
  const port = await freePort();
  const settings: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    ...env,
    GATEWAY_PORT: String(port),
  };
  const args = [...(NODE_FLAGS.gateway ?? []), join(ROOT, ".build/gateway.mjs")];
  const child: ChildProcess = spawn(process.execPath, args, {
    env: settings as NodeJS.ProcessEnv,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  all.add(child);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the gateway did not start")), START_TIMEOUT_MS);
    child.once("message", () => {
      clearTimeout(timer);
      resolve();
    });
    child.once("exit", (code) => reject(new Error(`the gateway ended with code ${code}`)));
  });
  return {
    pid: child.pid ?? 0,
    port,
    stop: () =>
      new Promise((resolve) => {
        all.delete(child);
        child.removeAllListeners("exit");
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}
