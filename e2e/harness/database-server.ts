import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { ownFolder } from "@/e2e/harness/own-folder";
import { migrate } from "@/lib/run/migrate.mjs";
import { openCluster } from "@/lib/run/postgres/cluster.mjs";
import { APP, ensureDatabase, OWNER, urlFor } from "@/lib/run/postgres/database.mjs";

/** Where the tests' own Postgres is, and the migrated database that each test file copies. */
export interface TestServer {
  superUrl: string;
  template: string;
  ownerPassword: string;
  appPassword: string;
}

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** A real Postgres, as durable as the product's, in a folder that is gone afterwards. */
export async function startTestServer(): Promise<{
  server: TestServer;
  /** Of the postmaster. */
  pid: number;
  stop: () => Promise<void>;
}> {
  const folder = ownFolder("test");
  const password = randomBytes(12).toString("hex");
  const cluster = await openCluster({
    folder: join(folder, "postgres"),
    logFile: join(folder, "postgres.log"),
    password,
    throwaway: true,
    settings: { max_connections: "300" },
  });
  const stop = async () => {
    await cluster.stop("immediate");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const server = {
      superUrl: cluster.superUrl(),
      template: "tollgate_template",
      ownerPassword: randomBytes(12).toString("hex"),
      appPassword: randomBytes(12).toString("hex"),
    };
    await ensureDatabase(server.superUrl, { database: server.template, ...server });
    await migrate(urlsOf(server, server.template).adminUrl);
    return { server, pid: cluster.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Both roles' connection strings for one database of the server. */
export function urlsOf(server: TestServer, database: string): { url: string; adminUrl: string } {
  return {
    url: urlFor(server.superUrl, { user: APP, password: server.appPassword, database }),
    adminUrl: urlFor(server.superUrl, { user: OWNER, password: server.ownerPassword, database }),
  };
}

/** Vitest's global setup of the project `db`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startTestServer();
  project.provide("testServer", server);
  return stop;
}
