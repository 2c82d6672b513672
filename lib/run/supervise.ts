import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { banner } from "@/lib/run/banner";
import { checkSettings, type Settings } from "@/lib/run/check-settings";
import { type Database, lookInside, openDatabase } from "@/lib/run/database";
import { forgetInstance, runningInstance, waitForLeftovers, writeInstance } from "@/lib/run/instance.mjs";
import { planStandIns, type StandIn, standInSettings } from "@/lib/run/plan";
import { choosePorts } from "@/lib/run/ports";
import { Processes } from "@/lib/run/processes";
import { step } from "@/lib/run/progress.mjs";
import { dataFolder } from "@/lib/run/root.mjs";
import { sandboxUrl } from "@/lib/run/sandbox-url";
import { loadSecrets, SECRET_SETTINGS } from "@/lib/run/secrets.mjs";
import { seedDatabase } from "@/lib/run/seed-database";
import { watchPostgres } from "@/lib/run/watch-postgres";

export interface SupervisorOptions {
  /** The environment of `npm start`. */
  env: Settings;
  startedMs: number;
  say: (text: string) => void;
}

/** A refusal to start, in words for people; no stack. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new StartRefused(problems.join("\n"));
}

const portOf = (text: string | undefined, fallback: number) => {
  const port = Number(text?.trim() || fallback);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new StartRefused(`PORT and GATEWAY_PORT must be port numbers, and one is ${text}.`);
};

/** Secrets that were given stay; the others come from the data folder, except in production. */
function withSecrets(env: Settings, dataDir: string, production: boolean): Settings {
  const secrets: Record<string, string> = loadSecrets(dataDir);
  if (production) return env;
  const missing = SECRET_SETTINGS.filter((name) => !env[name]?.trim());
  return { ...env, ...Object.fromEntries(missing.map((name) => [name, secrets[name]])) };
}

/** Refuses what can be refused before the database is asked and anything is built or started. */
export function checkStart(env: Settings): StandIn[] {
  const standIns = planStandIns(env, true);
  refuse(checkSettings({ ...env, TOLLGATE_STAND_INS: standIns.join(",") }, "supervisor"));
  return standIns;
}

/**
 * Brings everything up, keeps it up, and takes it down again in order on SIGINT or SIGTERM. Resolves with the exit
 * code when all has stopped. Throws StartRefused, and any Error of a start that failed, after undoing it.
 */
export async function supervise({ env, startedMs, say }: SupervisorOptions): Promise<number> {
  const production = env.TOLLGATE_ENV?.trim() === "production";
  const early = checkStart(env);
  const dataDir = dataFolder(env);
  mkdirSync(dataDir, { recursive: true });
  const running = runningInstance(dataDir);
  if (running) {
    throw new StartRefused(`Tollgate already runs here (process ${running.pid}): ${running.publicUrl}`);
  }
  await step(say, "Waiting for the processes of an earlier start to end", () => waitForLeftovers(dataDir));
  const ports = await choosePorts(
    { PORT: portOf(env.PORT, 3000), GATEWAY_PORT: portOf(env.GATEWAY_PORT, 4100) },
    early.length > 0 ? "127.0.0.1" : "0.0.0.0",
  );
  const settings = withSecrets(env, dataDir, production);

  if (env.STRIPE_SECRET_KEY?.trim() && !env.STRIPE_WEBHOOK_SECRET?.trim()) {
    say("  STRIPE_WEBHOOK_SECRET is not set: what Stripe reports by webhook is refused until it is.");
  }

  const database = await openDatabase(env, dataDir, say);
  const processes = new Processes(say);
  try {
    const { hasProvider, hasOperator } = await lookInside(database.adminUrl);
    const standIns = planStandIns(env, hasProvider);
    refuse(checkSettings({ ...env, TOLLGATE_STAND_INS: standIns.join(",") }, "supervisor"));
    const childEnv = await environment(settings, { dataDir, ports, database, standIns });
    await seedDatabase(database.adminUrl, childEnv, standIns.includes("provider"), say);

    const publicUrl = childEnv.PUBLIC_URL ?? `http://localhost:${ports.PORT}`;
    const publicApiUrl = (childEnv.PUBLIC_API_URL ?? `http://localhost:${ports.GATEWAY_PORT}`).replace(
      /\/+$|\/v1\/?$/,
      "",
    );
    const remember = (children: Record<string, number>) =>
      writeInstance(dataDir, {
        pid: process.pid,
        publicUrl,
        publicApiUrl,
        port: ports.PORT,
        gatewayPort: ports.GATEWAY_PORT,
        sandboxUrl: childEnv.TOLLGATE_SANDBOX_URL,
        standIns: standIns.join(","),
        children,
      });
    const logFolder = production ? null : join(dataDir, "logs");
    if (logFolder) mkdirSync(logFolder, { recursive: true });
    const stopWatching = watchPostgres(database, dataDir, say);
    const stopRequest = untilAskedToStop(say);
    const outcome = processes.run({
      env: childEnv,
      ports,
      logFolder,
      sandbox: standIns.length > 0,
      remember,
    });
    await step(say, "Starting dashboard, gateway and worker", () =>
      Promise.race([outcome.ready, outcome.hopeless, stopRequest.asked]),
    );
    if (!stopRequest.wasAsked() && !outcome.failure()) {
      const seconds = (Date.now() - startedMs) / 1_000;
      const embedded = database.cluster !== undefined;
      say(banner({ publicUrl, publicApiUrl, standIns, hasOperator, embedded, logFolder, seconds }));
      process.send?.({ ready: true, publicUrl, publicApiUrl });
    }
    await Promise.race([outcome.hopeless, stopRequest.asked]);
    stopWatching();
    const failure = outcome.failure();
    if (failure) say(failure);
    return failure ? 1 : 0;
  } finally {
    await processes.stop();
    forgetInstance(dataDir);
    await database.cluster?.stop("fast");
  }
}

async function environment(
  settings: Settings,
  facts: {
    dataDir: string;
    ports: { PORT: number; GATEWAY_PORT: number };
    database: Database;
    standIns: readonly StandIn[];
  },
): Promise<Record<string, string | undefined>> {
  const url = facts.standIns.length > 0 ? await sandboxUrl(facts.dataDir) : "";
  return {
    ...settings,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    TOLLGATE_DATA_DIR: facts.dataDir,
    PORT: String(facts.ports.PORT),
    GATEWAY_PORT: String(facts.ports.GATEWAY_PORT),
    DATABASE_URL: facts.database.url,
    DATABASE_ADMIN_URL: facts.database.adminUrl,
    ...standInSettings(facts.standIns, url),
  };
}

/** The first signal stops in order; a second one no longer waits for anything. */
function untilAskedToStop(say: (text: string) => void): { asked: Promise<void>; wasAsked: () => boolean } {
  let was = false;
  const asked = new Promise<void>((resolve) => {
    // A test that started us over a channel and was killed.
    process.on("disconnect", () => resolve());
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (was && signal === "SIGINT") process.exit(130);
        if (!was) say("\nStopping ...");
        was = true;
        resolve();
      });
    }
  });
  return { asked, wasAsked: () => was };
}
