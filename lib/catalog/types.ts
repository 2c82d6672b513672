import type { UpstreamDialect } from "@/lib/catalog/dialects";
import type { ConnectionKind, ModelKind, RouteStrategy } from "@/prisma/generated/client";

/** One version of a model's prices, pico-USD per token (`requestPico`: per call). */
export interface PriceVersion {
  id: string;
  version: number;
  inputPico: bigint;
  cachedInputPico: bigint;
  cacheWrite5mPico: bigint;
  cacheWrite1hPico: bigint;
  outputPico: bigint;
  reasoningPico: bigint;
  audioInputPico: bigint;
  audioOutputPico: bigint;
  imageInputPico: bigint;
  requestPico: bigint;
}

/** An upstream as the gateway uses it, its secrets opened. Never log one. */
export interface CatalogConnection {
  id: string;
  name: string;
  kind: ConnectionKind;
  /** Without a trailing slash. */
  baseUrl: string;
  apiVersion: string | null;
  key: string | null;
  headers: Readonly<Record<string, string>>;
  /** What it speaks itself; calls in another dialect are translated. */
  dialects: ReadonlySet<UpstreamDialect>;
  allowPrivate: boolean;
  /** Until a stream begins. */
  firstByteTimeoutMs: number;
  /** Until a plain answer begins, which is when it is complete. */
  plainTimeoutMs: number;
  idleTimeoutMs: number;
}

export interface CatalogRoute {
  id: string;
  /** The model's id as the upstream expects it. */
  upstreamId: string;
  /** Lower is tried first. */
  priority: number;
  weight: number;
  /** What the upstream charges us, for the margin; pico-USD per token. */
  inputCostPico: bigint;
  outputCostPico: bigint;
  connection: CatalogConnection;
  /** Until a stream begins, and between its pieces: the connection's, longer where the model thinks in silence. */
  firstByteTimeoutMs: number;
  idleTimeoutMs: number;
}

export interface ModelFacts {
  id: string;
  kind: ModelKind;
  displayName: string;
  description: string;
  contextTokens: number;
  maxOutputTokens: number;
  tools: boolean;
  vision: boolean;
  promptCache: boolean;
  reasoning: boolean;
  structuredOutput: boolean;
  audio: boolean;
  privacy: boolean;
  sort: number;
  createdAt: Date;
}

/** A model that can be called: enabled, priced, with at least one enabled route. */
export interface CatalogModel extends ModelFacts {
  price: PriceVersion;
  /** How routes of one priority are ordered. */
  strategy: RouteStrategy;
  /** By priority, then id. */
  routes: readonly CatalogRoute[];
}

/**
 * A name for whichever of its models suits a call. Its facts are the best of theirs (a call that needs more than one
 * of them has goes to another), its price the highest that a call may meet; neither is ever charged.
 */
export interface CatalogAlias extends ModelFacts {
  strategy: RouteStrategy;
  /** Models that can be called, aliases among them followed to their ends, each once, in the operator's order. */
  targets: readonly CatalogModel[];
  price: PriceVersion;
}

/** Everything that the gateway knows of models at one moment. */
export interface CatalogSnapshot {
  /** Changes whenever anything in it does. */
  version: string;
  models: ReadonlyMap<string, CatalogModel>;
  /** Ids differ from those of models. */
  aliases: ReadonlyMap<string, CatalogAlias>;
}
