import type { ConnectionKind } from "@/prisma/generated/client";

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
  allowPrivate: boolean;
  firstByteTimeoutMs: number;
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
}

export interface ModelFacts {
  id: string;
  displayName: string;
  description: string;
  contextTokens: number;
  maxOutputTokens: number;
  tools: boolean;
  vision: boolean;
  promptCache: boolean;
  reasoning: boolean;
  structuredOutput: boolean;
  privacy: boolean;
  sort: number;
  createdAt: Date;
}

/** A model that can be called: enabled, priced, with at least one enabled route. */
export interface CatalogModel extends ModelFacts {
  price: PriceVersion;
  /** By priority, then id. */
  routes: readonly CatalogRoute[];
}

/** Everything that the gateway knows of models at one moment. */
export interface CatalogSnapshot {
  /** Changes whenever anything in it does. */
  version: string;
  models: ReadonlyMap<string, CatalogModel>;
}
