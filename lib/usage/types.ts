/**
 * One call as it is written to `usage.calls`. Token buckets are disjoint: `inputTokens` excludes cached and
 * cache-write tokens, `outputTokens` excludes reasoning and audio tokens. JSON-safe, so that it can be a
 * checkpoint; amounts travel as decimal strings of nano-USD.
 */
export interface UsageCall {
  requestId: string;
  workspaceId: string;
  keyId: string;
  modelId: string;
  connectionId: string | null;
  routeId: string | null;
  priceId: string | null;
  dialect: "chat" | "completions" | "responses" | "messages" | "embeddings";
  /** Short name of the calling program, from its User-Agent, X-Title or X-Client. */
  client: string;
  streamed: boolean;
  /** `ok`, `cut` (balance ran out), `cancelled` (client left), `upstream_error`, `refused`, `empty`, `interrupted`. */
  outcome: UsageOutcome;
  httpStatus: number;
  errorCode: string | null;
  finishReason: string | null;
  inputTokens: number;
  cachedTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  audioInputTokens: number;
  audioOutputTokens: number;
  imageTokens: number;
  /** True when the upstream reported the counts, false when they were counted here. */
  measured: boolean;
  /** The output cap that the wallet or a limit imposed, if one did. */
  clampedTokens: number | null;
  upstreamCostNano: string;
  queuedMs: number;
  firstByteMs: number | null;
  totalMs: number;
  requestBytes: number;
  fallbacks: number;
  /** ISO time of arrival. */
  startedAt: string;
  /** What the caller named, where it is not `modelId`: an alias, or an id that no model has. */
  askedModel?: string | null;
  /** The program's own words for itself, at most 200 characters. */
  clientTitle?: string | null;
  /** Routes that were tried before the one that this row names, in order. */
  attempts?: CallAttempt[] | null;
}

/** One try at a route that did not work out. */
export interface CallAttempt {
  /** Ids of the route and of its connection. */
  route: string;
  connection: string;
  /** Why it was given up: `timeout`, `connect`, `http`, `rate_limited`, ... */
  kind: string;
  /** What the upstream answered, if it did. */
  status: number | null;
  /** How long it took. */
  ms: number;
}

/** The model of a call that named none that exists; `askedModel` then says what it named. Keeps the rollups bounded. */
export const UNKNOWN_MODEL = "(unknown)";

/**
 * A call with a valid key that was refused before a model was found or its body understood: what is not given is
 * empty on the row.
 */
export type RefusedCall = Partial<UsageCall> &
  Pick<
    UsageCall,
    | "requestId"
    | "workspaceId"
    | "keyId"
    | "dialect"
    | "client"
    | "httpStatus"
    | "errorCode"
    | "totalMs"
    | "startedAt"
    | "outcome"
  >;

export type UsageOutcome =
  | "ok"
  | "cut"
  | "cancelled"
  | "upstream_error"
  | "refused"
  | "empty"
  | "interrupted";
