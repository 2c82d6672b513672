import cluster from "node:cluster";
import { bigintTypes, makePool } from "@/lib/db";
import { env } from "@/lib/env";
import { clusterMetrics, shareMetrics } from "@/lib/gateway/cluster-metrics";
import { startGateway } from "@/lib/gateway/start-gateway";
import { parsePeppers } from "@/lib/keys/token";
import { checkpoint } from "@/lib/ledger/checkpoint";
import { extend } from "@/lib/ledger/extend";
import { closeHotPool } from "@/lib/ledger/hot-pool";
import { reserve } from "@/lib/ledger/reserve";
import { recordRefused, settle } from "@/lib/ledger/settle";
import { log } from "@/lib/log";
import { GatewayWorkers } from "@/lib/run/gateway-workers";
import { listenHost } from "@/lib/run/listen";
import { type Running, runMain } from "@/lib/run/main";
import { readiness } from "@/lib/run/readiness";

/** /readyz says "draining" this long before new connections are refused. */
const NOTICE_MS = 300;
/** How long open calls may run on; the supervisor waits a little longer. */
const GRACE_MS = 10_000;

async function serve(): Promise<Running> {
  const { DATABASE_URL, GATEWAY_PORT, publicUrl, publicApiUrl, TOLLGATE_PROXY_HOPS, TOLLGATE_METRICS_TOKEN } =
    env();
  const pool = makePool({
    connectionString: DATABASE_URL,
    max: 6,
    idleTimeoutMillis: 60_000,
    query_timeout: 15_000,
    application_name: "tollgate-gateway",
    types: bigintTypes,
  });
  const gateway = await startGateway({
    pool,
    ledger: { reserve, extend, checkpoint, settle, recordRefused },
    peppers: parsePeppers(env().TOLLGATE_KEY_PEPPER),
    publicUrl,
    publicApiUrl,
    host: listenHost(),
    port: GATEWAY_PORT,
    proxyHops: TOLLGATE_PROXY_HOPS,
    metricsToken: TOLLGATE_METRICS_TOKEN,
    readiness,
    ...(cluster.isWorker ? { metricsText: clusterMetrics } : {}),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(`Port ${GATEWAY_PORT} is in use by another program: set GATEWAY_PORT to a free one.`);
  });
  if (cluster.isWorker) shareMetrics(gateway.services.metrics.registry);
  log.info({ port: gateway.port, instance: gateway.services.instanceId }, "gateway listens");
  return {
    async stop() {
      await gateway.stop({ noticeMs: NOTICE_MS, graceMs: GRACE_MS });
      await Promise.allSettled([pool.end(), closeHotPool()]);
    },
  };
}

async function supervise(count: number): Promise<Running> {
  const workers = new GatewayWorkers(count);
  await workers.start();
  return workers;
}

runMain("gateway", () => {
  const { GATEWAY_WORKERS } = env();
  return cluster.isPrimary && GATEWAY_WORKERS > 1 ? supervise(GATEWAY_WORKERS) : serve();
});
