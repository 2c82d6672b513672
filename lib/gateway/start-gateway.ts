import type { Server } from "node:http";
import type pg from "pg";
import { Dispatchers } from "@/lib/catalog/dispatcher";
import { Catalog } from "@/lib/catalog/snapshot";
import type { CatalogSnapshot } from "@/lib/catalog/types";
import { createGatewayServer, type ServerTimeouts } from "@/lib/gateway/create-server";
import { drainGateway } from "@/lib/gateway/drain";
import { Forgiveness } from "@/lib/gateway/forgiveness";
import { Instance } from "@/lib/gateway/instance";
import { LastUsed } from "@/lib/gateway/last-used";
import type { LedgerPort } from "@/lib/gateway/ledger-port";
import { Listener } from "@/lib/gateway/listener";
import { GatewayMetrics } from "@/lib/gateway/metrics";
import { OpenCalls } from "@/lib/gateway/open-calls";
import { RefusedRows } from "@/lib/gateway/refused-rows";
import { watchRoutes } from "@/lib/gateway/routing/watch-routes";
import { DEFAULT_LIMITS, type GatewayLimits, type Readiness, type Services } from "@/lib/gateway/services";
import { Ticker } from "@/lib/gateway/ticker";
import type { Pepper } from "@/lib/keys/token";
import { KeyVerifier } from "@/lib/keys/verify-key";
import { PromptRecorder } from "@/lib/usage/record-prompt";

export interface GatewayOptions {
  /** Must read BIGINT as bigint. */
  pool: pg.Pool;
  ledger: LedgerPort;
  peppers: readonly Pepper[];
  publicUrl: string;
  publicApiUrl: string;
  host: string;
  port: number;
  proxyHops?: number;
  metricsToken?: string | undefined;
  metricsText?: () => Promise<string>;
  /** Whether the database can serve; by default, whether it answers. */
  readiness?: () => Promise<Readiness>;
  limits?: Partial<GatewayLimits>;
  timeouts?: Partial<ServerTimeouts>;
}

export interface RunningGateway {
  services: Services;
  server: Server;
  port: number;
  /** Says it is draining, waits for open calls, cuts what remains after the grace, settles, and ends. */
  stop(times?: { noticeMs: number; graceMs: number }): Promise<void>;
}

function routesOf(snapshot: CatalogSnapshot) {
  return [...snapshot.models.values()].flatMap((model) => model.routes);
}

/** Brings up one gateway process. Rejects when the database is not there or the port is taken. */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { pool } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const dispatchers = new Dispatchers();
  const metrics = new GatewayMetrics();
  const routeHealth = watchRoutes(metrics);
  const catalog = new Catalog(pool, (snapshot) => {
    const routes = routesOf(snapshot);
    dispatchers.keepOnly(routes.map((route) => route.connection));
    routeHealth.keepOnly(routes);
  });
  const keys = new KeyVerifier(pool, options.peppers);
  const instance = new Instance(pool);
  const prompts = new PromptRecorder();
  const services: Services = {
    instanceId: instance.id,
    publicUrl: options.publicUrl,
    publicApiUrl: options.publicApiUrl,
    proxyHops: options.proxyHops ?? 0,
    metricsToken: options.metricsToken,
    metricsText: options.metricsText ?? (() => metrics.registry.metrics()),
    readiness: options.readiness ?? (() => askDatabase(pool)),
    limits,
    pool,
    ledger: options.ledger,
    keys,
    catalog,
    dispatchers,
    routeHealth,
    ticker: new Ticker(),
    metrics,
    lastUsed: new LastUsed(pool),
    openCalls: new OpenCalls(),
    forgiveness: new Forgiveness(limits.forgivenPerDayNano),
    refusedRows: new RefusedRows(),
    prompts,
    draining: false,
  };
  metrics.watchOpenCalls(() => services.openCalls.size);
  const listener = new Listener({
    channels: {
      tollgate_keys: (keyId) => keys.cache.drop(keyId),
      tollgate_catalog: () => void catalog.refresh(),
    },
    onReconnect: () => {
      keys.cache.dropAll();
      void catalog.refresh();
    },
  });

  const server = createGatewayServer(services, options.timeouts);
  await listener.start();
  await catalog.start();
  await instance.start();
  await prompts.start();
  services.ticker.start();
  services.lastUsed.start();
  await listen(server, options.port, options.host);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : options.port;
  return {
    services,
    server,
    port,
    stop: (times = { noticeMs: 300, graceMs: 10_000 }) =>
      drainGateway({ services, server, listener, instance, catalog, prompts, ...times }),
  };
}

async function askDatabase(pool: pg.Pool): Promise<Readiness> {
  try {
    await pool.query("SELECT 1");
    return { ready: true, reason: "" };
  } catch {
    return { ready: false, reason: "the database cannot be reached" };
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: 1024 }, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}
