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
}

export type UsageOutcome =
  | "ok"
  | "cut"
  | "cancelled"
  | "upstream_error"
  | "refused"
  | "empty"
  | "interrupted";
