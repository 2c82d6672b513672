import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { PrismaClient } from "@/prisma/generated/client";

/**
 * BIGINT arrives as bigint, so that no amount ever passes through a JavaScript number. Given to each pool of our
 * own; Prisma's adapter has its own reading of the same type and must not see this one.
 */
export const bigintTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    oid === pg.types.builtins.INT8
      ? (text: string) => BigInt(text)
      : pg.types.getTypeParser(oid, format as "text")) as typeof pg.types.getTypeParser,
};

const store = globalThis as unknown as { tollgatePool?: pg.Pool; tollgatePrisma?: PrismaClient };

function url(): string {
  const value = env().DATABASE_URL;
  if (!value)
    throw new Error("DATABASE_URL is not set: start with `npm start`, or set it to your own Postgres");
  return value;
}

/**
 * A pool that outlives its database. The pool's own listener covers idle connections only: one that is lost just
 * as its query fails would emit an error that nobody hears, and end the process.
 */
export function makePool(config: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({ connectionTimeoutMillis: 5_000, ...config });
  const lost = (error: Error) =>
    log.warn({ err: error.message, pool: config.application_name }, "database connection lost");
  made.on("error", lost);
  made.on("connect", (client) => client.on("error", () => undefined));
  return made;
}

/** Plain connections, for the hot path and for SQL that Prisma does not speak. */
export function pool(): pg.Pool {
  store.tollgatePool ??= makePool({
    connectionString: url(),
    max: 10,
    idleTimeoutMillis: 30_000,
    application_name: "tollgate",
    types: bigintTypes,
  });
  return store.tollgatePool;
}

/** Prisma, for everything that is not on the gateway's path. */
export function db(): PrismaClient {
  if (!store.tollgatePrisma) {
    const connections = makePool({
      connectionString: url(),
      max: 10,
      idleTimeoutMillis: 30_000,
      application_name: "tollgate-prisma",
    });
    const adapter = new PrismaPg(connections, { disposeExternalPool: true });
    store.tollgatePrisma = new PrismaClient({ adapter });
  }
  return store.tollgatePrisma;
}

/** What verbs accept: the client itself, or a transaction that they join. */
export type Tx = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends">;

/** Ends both, for scripts and tests. */
export async function closeDb(): Promise<void> {
  await store.tollgatePrisma?.$disconnect();
  await store.tollgatePool?.end();
  store.tollgatePrisma = undefined;
  store.tollgatePool = undefined;
}
