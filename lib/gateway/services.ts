import type pg from "pg";
import type { Dispatchers } from "@/lib/catalog/dispatcher";
import type { Catalog } from "@/lib/catalog/snapshot";
import type { Forgiveness } from "@/lib/gateway/forgiveness";
import type { LastUsed } from "@/lib/gateway/last-used";
import type { LedgerPort } from "@/lib/gateway/ledger-port";
import type { GatewayMetrics } from "@/lib/gateway/metrics";
import type { OpenCalls } from "@/lib/gateway/open-calls";
import type { RefusedRows } from "@/lib/gateway/refused-rows";
import type { RouteHealth } from "@/lib/gateway/routing/route-health";
import type { Ticker } from "@/lib/gateway/ticker";
import type { KeyVerifier } from "@/lib/keys/verify-key";
import type { PromptRecorder } from "@/lib/usage/record-prompt";

/** Limits of this process, with their usual values in `DEFAULT_LIMITS`. */
export interface GatewayLimits {
  maxBodyBytes: number;
  /** How long a caller may take to send its body. */
  bodyTimeoutMs: number;
  /** Silence towards the client after which a comment keeps a stream alive. */
  keepAliveMs: number;
  checkpointMs: number;
  /** A client that takes nothing for this long has gone. */
  stalledClientMs: number;
  /** Output reserved for a stream without `max_tokens`, and again each time it needs more. */
  streamReserveTokens: number;
  /** The least output that is worth sending a call for. */
  minOutputTokens: number;
  /** Pauses between tries of one route. */
  retryPauseMs: number;
  maxResponseBytes: number;
  /** Empty answers forgiven per workspace and UTC day, nano-USD. */
  forgivenPerDayNano: bigint;
}

export const DEFAULT_LIMITS: GatewayLimits = {
  maxBodyBytes: 32 * 1_048_576,
  bodyTimeoutMs: 120_000,
  keepAliveMs: 15_000,
  checkpointMs: 3_000,
  stalledClientMs: 120_000,
  streamReserveTokens: 8_192,
  minOutputTokens: 16,
  retryPauseMs: 150,
  maxResponseBytes: 64 * 1_048_576,
  forgivenPerDayNano: 1_000_000_000n,
};

/** Whether the database can serve, and why not. */
export interface Readiness {
  ready: boolean;
  reason: string;
}

/** What every request shares in one gateway process. */
export interface Services {
  instanceId: string;
  publicUrl: string;
  publicApiUrl: string;
  proxyHops: number;
  metricsToken: string | undefined;
  limits: GatewayLimits;
  pool: pg.Pool;
  ledger: LedgerPort;
  keys: KeyVerifier;
  catalog: Catalog;
  dispatchers: Dispatchers;
  routeHealth: RouteHealth;
  ticker: Ticker;
  metrics: GatewayMetrics;
  lastUsed: LastUsed;
  openCalls: OpenCalls;
  forgiveness: Forgiveness;
  refusedRows: RefusedRows;
  /** Keeps what was said for the workspaces that asked for it. */
  prompts: Pick<PromptRecorder, "wants" | "record">;
  readiness: () => Promise<Readiness>;
  /** The metrics of all workers of this machine, as text for Prometheus. */
  metricsText: () => Promise<string>;
  /** True once the process was told to stop: nothing new begins. */
  draining: boolean;
}
