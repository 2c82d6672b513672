import type { CatalogModel, CatalogRoute } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import type { Call } from "@/lib/gateway/call";
import { costUpstream, NO_TOKENS, type TokenBuckets } from "@/lib/gateway/price-call";
import type { CallAttempt, UsageCall, UsageOutcome } from "@/lib/usage/types";

/** What is known of a call when its row is written. */
export interface CallFacts {
  model: CatalogModel;
  streamed: boolean;
  outcome: UsageOutcome;
  httpStatus: number;
  errorCode?: string | null;
  finishReason?: string | null;
  route?: CatalogRoute | null;
  tokens?: Readonly<TokenBuckets>;
  measured?: boolean;
  hold?: Hold | null;
  /** On the clock of `performance.now()`. */
  sentMs?: number | null;
  firstByteMs?: number | null;
  fallbacks?: number;
  attempts?: CallAttempt[];
}

/** The usage row of a call. Tells nothing of what was said. */
export function usageRow(call: Call, facts: CallFacts): UsageCall {
  const { key, startMs } = call;
  if (!key) throw new Error("a call without a key has no usage row");
  const tokens = facts.tokens ?? NO_TOKENS;
  const sinceStart = (ms: number) => Math.max(0, Math.round(ms - startMs));
  return {
    requestId: call.requestId,
    workspaceId: key.workspaceId,
    keyId: key.keyId,
    modelId: facts.model.id,
    connectionId: facts.route?.connection.id ?? null,
    routeId: facts.route?.id ?? null,
    priceId: facts.model.price.id,
    dialect: call.dialect,
    client: call.client,
    streamed: facts.streamed,
    outcome: facts.outcome,
    httpStatus: facts.httpStatus,
    errorCode: facts.errorCode ?? null,
    finishReason: facts.finishReason?.slice(0, 40) ?? null,
    ...tokens,
    measured: facts.measured ?? true,
    clampedTokens: facts.hold?.clampedBy ? facts.hold.capTokens : null,
    upstreamCostNano: facts.route && facts.tokens ? costUpstream(facts.route, facts.tokens).toString() : "0",
    queuedMs: facts.sentMs ? sinceStart(facts.sentMs) : call.elapsedMs(),
    firstByteMs: facts.firstByteMs ? sinceStart(facts.firstByteMs) : null,
    totalMs: call.elapsedMs(),
    requestBytes: call.requestBytes,
    fallbacks: facts.fallbacks ?? 0,
    askedModel: call.askedModel,
    attempts: facts.attempts?.length ? facts.attempts : null,
    startedAt: new Date(call.arrivedAt).toISOString(),
  };
}
