import type { CatalogModel } from "@/lib/catalog/types";
import { explainGoneKey } from "@/lib/gateway/authenticate";
import { boundInput, boundInputByCounting, type InputBound } from "@/lib/gateway/bound-input";
import type { Call } from "@/lib/gateway/call";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { worstPrices } from "@/lib/gateway/price-call";
import { refusalError } from "@/lib/gateway/refusal-error";
import type { KeyRecord } from "@/lib/keys/key-record";
import type { LimitSource, Refused, ReserveResult } from "@/lib/ledger/types";

/** What a call holds while it runs. */
export interface Hold {
  holdId: string;
  /** The output cap per answer that the hold pays for. */
  capTokens: number;
  /** What imposed it, if it is lower than what was wanted. */
  clampedBy: LimitSource | null;
  /** The cap must be written into the request. */
  sendCap: boolean;
  /** A stream that was given no cap takes more as it goes. */
  extendable: boolean;
  /** The highest price of one more output token in every answer, pico-USD. */
  outputPico: bigint;
  inputBound: number;
  /** Its settle has been asked for; nothing else may close it. */
  settling: boolean;
}

/** No bound asked for is beyond this, about $4 million, so that sums fit a bigint column. */
const MAX_BOUND_PICO = 4_000_000_000_000_000_000n;
/** A longer text is not counted for the sake of a call that may be refused anyway. */
const MAX_COUNTED_BYTES = 4_194_304;
/** Counting shortens a bound by bytes to no less than this part of it. */
const LEAST_PART = 12n;
const TIGHTEN: ReadonlySet<Refused["reason"]> = new Set([
  "no_credit",
  "in_flight",
  "key_total",
  "key_period",
  "tokens_per_minute",
  "request_cost",
]);

/**
 * Reserves the upper bound of a call. The input is bounded by its bytes first; where that refuses or clamps it,
 * its tokens are counted and the closer bound decides. Throws the refusal as a GatewayError.
 */
export async function admit(
  call: Call,
  key: KeyRecord,
  request: ApiRequest,
  model: CatalogModel,
): Promise<Hold> {
  const { limits } = call.services;
  const upstreamIds = model.routes.map((route) => route.upstreamId);
  const prices = worstPrices(model.price, {
    images: request.images.length > 0,
    audioInput: request.audioInput,
    audioOutput: request.audioOutput,
    promptCache: model.promptCache,
  });
  const outputPico = prices.outputPico * BigInt(request.answers);
  const uncapped = request.stream ? limits.streamReserveTokens : model.maxOutputTokens;
  const want = Math.min(request.maxTokens ?? uncapped, model.maxOutputTokens);
  const fixedPico = (bound: InputBound) => BigInt(bound.tokens) * prices.inputPico + model.price.requestPico;

  const ask = (holdId: string, bound: InputBound): Promise<ReserveResult> => {
    const fixed = fixedPico(bound);
    if (fixed > MAX_BOUND_PICO) throw new GatewayError("request_cost_limit");
    const most = outputPico > 0n ? (MAX_BOUND_PICO - fixed) / outputPico : BigInt(want);
    return call.services.ledger.reserve({
      holdId,
      workspaceId: key.workspaceId,
      keyId: key.keyId,
      instanceId: call.services.instanceId,
      fixedPico: fixed,
      outputPico,
      inputTokens: bound.tokens,
      wantOutputTokens: most < BigInt(want) ? Number(most) : want,
      minOutputTokens: Math.min(limits.minOutputTokens, want),
    });
  };

  let holdId = `hold_${call.requestId.slice(4)}`;
  let bound = boundInput(request, upstreamIds);
  let counted = bound.tokens - bound.imageTokens > MAX_COUNTED_BYTES;
  let result = await reserveOrFail(() => ask(holdId, bound));
  if (
    !result.admitted &&
    !counted &&
    TIGHTEN.has(result.reason) &&
    result.left * LEAST_PART >= result.needed
  ) {
    bound = await boundInputByCounting(request, upstreamIds);
    counted = true;
    holdId = `${holdId}b`;
    result = await reserveOrFail(() => ask(holdId, bound));
  }
  call.rate = result.rate;
  if (!result.admitted) {
    throw result.reason === "key_gone" ? await explainGoneKey(call) : refusalError(call, result, model.id);
  }

  let capTokens = Math.min(result.outputTokens, want);
  if (capTokens < want && !counted && outputPico > 0n) {
    const closer = await boundInputByCounting(request, upstreamIds);
    // The same hold pays for more output when the input turns out smaller.
    const spare = fixedPico(bound) - fixedPico(closer);
    if (spare > 0n) capTokens = Math.min(want, capTokens + Number(spare / outputPico));
    bound = closer;
  }
  const clamped = capTokens < want;
  return {
    holdId,
    capTokens,
    clampedBy: clamped ? (result.clampedBy ?? "account") : null,
    sendCap: clamped || (request.maxTokens !== null && request.maxTokens > capTokens),
    extendable: request.stream && request.maxTokens === null && !clamped,
    outputPico,
    inputBound: bound.tokens,
    settling: false,
  };
}

async function reserveOrFail(ask: () => Promise<ReserveResult>): Promise<ReserveResult> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause;
    throw new GatewayError("service_unavailable", { retryAfterMs: 2_000, cause });
  }
}
