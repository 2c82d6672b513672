import type { CatalogModel } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import { countInput } from "@/lib/gateway/bound-input";
import type { Call } from "@/lib/gateway/call";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS, priceCall, type TokenBuckets } from "@/lib/gateway/price-call";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import type { CallFacts } from "@/lib/gateway/usage-row";
import { log } from "@/lib/log";

/** What a picture usually counts, where an upstream reports nothing: OpenAI's 1024 x 1024 in detail, and in low. */
const USUAL_IMAGE = 765;
const USUAL_IMAGE_LOW = 85;

export interface Measured {
  facts: Pick<CallFacts, "outcome" | "tokens" | "measured" | "finishReason">;
  money: { costNano: bigint; forgivenNano?: bigint };
}

/**
 * What a call used and costs: as the upstream reports it, else counted. A complete answer with nothing in it costs
 * nothing, up to a daily allowance per workspace; one that ran into a cap which the wallet or a limit imposed is
 * marked as cut.
 */
export async function measureCall(
  call: Call,
  {
    request,
    model,
    hold,
    observer,
    complete,
  }: { request: ApiRequest; model: CatalogModel; hold: Hold; observer: AnswerObserver; complete: boolean },
): Promise<Measured> {
  const { tokens, measured } = await takeTokens(call, request, hold, observer, complete);
  const { finishReason } = observer;
  const costNano = priceCall(model.price, tokens);
  const output = tokens.outputTokens + tokens.reasoningTokens + tokens.audioOutputTokens;
  if (complete && !observer.delivered && output === 0) {
    const forgiven = call.services.forgiveness.take(call.key?.workspaceId ?? "", costNano, call.arrivedAt);
    const facts = { outcome: "empty" as const, tokens, measured, finishReason };
    return forgiven
      ? { facts, money: { costNano: 0n, forgivenNano: costNano } }
      : { facts, money: { costNano } };
  }
  const cut = hold.clampedBy !== null && finishReason === "length";
  return { facts: { outcome: cut ? "cut" : "ok", tokens, measured, finishReason }, money: { costNano } };
}

/** Beyond this many times the bound of a call, and this much more, a report cannot be true. */
const IMPLAUSIBLE_TIMES = 4;
const IMPLAUSIBLE_SLACK = 50_000;

/**
 * The upstream's own count wherever there is one that can be true. A stream that was cut may have reported only
 * what its beginning used; then the output that was delivered is counted.
 */
async function takeTokens(
  call: Call,
  request: ApiRequest,
  hold: Hold,
  observer: AnswerObserver,
  complete: boolean,
): Promise<{ tokens: TokenBuckets; measured: boolean }> {
  const reported = observer.usage;
  if (reported && isPlausible(call, request, hold, observer, reported)) {
    if (complete && observer.usageHasOutput) return { tokens: reported, measured: true };
    const counted = observer.countOutput();
    const seen = counted.outputTokens + counted.reasoningTokens;
    if (observer.usageHasOutput && seen <= 2 * outputOf(reported) + 16) {
      return { tokens: reported, measured: true };
    }
    return { tokens: { ...reported, ...counted }, measured: false };
  }
  const inputTokens = (await countInput(request)) + usualImages(request);
  return { tokens: { ...NO_TOKENS, ...observer.countOutput(), inputTokens }, measured: false };
}

const outputOf = (tokens: TokenBuckets) =>
  tokens.outputTokens + tokens.reasoningTokens + tokens.audioOutputTokens;

/**
 * Whether a report can be true: an answer with something in it has used something, and no call uses many times
 * what its size and its cap allow. What cannot be true is never charged; the operator is told.
 */
function isPlausible(
  call: Call,
  request: ApiRequest,
  hold: Hold,
  observer: AnswerObserver,
  reported: TokenBuckets,
): boolean {
  const all = Object.values(reported).reduce((sum, count) => sum + count, 0);
  if (all === 0) return !observer.delivered;
  const output = outputOf(reported);
  const mostInput = IMPLAUSIBLE_TIMES * hold.inputBound + IMPLAUSIBLE_SLACK;
  const mostOutput = IMPLAUSIBLE_TIMES * hold.capTokens * request.answers + IMPLAUSIBLE_SLACK;
  if (all - output <= mostInput && output <= mostOutput) return true;
  call.services.metrics.alerts.inc({ alert: "upstream_usage_implausible" });
  log.error(
    { alert: "upstream_usage_implausible", requestId: call.requestId, input: all - output, output },
    "an upstream reports more tokens than a call can use; they were counted here instead",
  );
  return false;
}

function usualImages(request: ApiRequest): number {
  let total = 0;
  for (const image of request.images) total += image.detail === "low" ? USUAL_IMAGE_LOW : USUAL_IMAGE;
  return total;
}

/** A quick estimate for a checkpoint, which only counts if this process dies: four bytes a token. */
export function estimateInput(request: ApiRequest, hold: Hold): number {
  let bytes = request.bytes.length;
  for (const image of request.images) bytes -= image.cutBytes;
  return Math.min(hold.inputBound, Math.ceil(bytes / 4) + usualImages(request));
}
