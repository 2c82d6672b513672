import type { PriceVersion } from "@/lib/catalog/types";
import { nanoFromPico, tokenCount } from "@/lib/money";

/** The tokens of one call in disjoint buckets, as the usage row and the price list have them. */
export interface TokenBuckets {
  inputTokens: number;
  cachedTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
  outputTokens: number;
  reasoningTokens: number;
  audioInputTokens: number;
  audioOutputTokens: number;
  imageTokens: number;
}

export const NO_TOKENS: Readonly<TokenBuckets> = Object.freeze({
  inputTokens: 0,
  cachedTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageTokens: 0,
});

/** What a call costs, nano-USD: every bucket at its own price plus the price per call, rounded up once. */
export function priceCall(price: PriceVersion, tokens: TokenBuckets): bigint {
  let pico = price.requestPico;
  pico += tokenCount(tokens.inputTokens) * price.inputPico;
  pico += tokenCount(tokens.outputTokens) * price.outputPico;
  // The common call has none of these; a bigint product of zero is not free.
  if (tokens.cachedTokens) pico += tokenCount(tokens.cachedTokens) * price.cachedInputPico;
  if (tokens.cacheWrite5mTokens) pico += tokenCount(tokens.cacheWrite5mTokens) * price.cacheWrite5mPico;
  if (tokens.cacheWrite1hTokens) pico += tokenCount(tokens.cacheWrite1hTokens) * price.cacheWrite1hPico;
  if (tokens.reasoningTokens) pico += tokenCount(tokens.reasoningTokens) * price.reasoningPico;
  if (tokens.audioInputTokens) pico += tokenCount(tokens.audioInputTokens) * price.audioInputPico;
  if (tokens.audioOutputTokens) pico += tokenCount(tokens.audioOutputTokens) * price.audioOutputPico;
  if (tokens.imageTokens) pico += tokenCount(tokens.imageTokens) * price.imageInputPico;
  return nanoFromPico(pico);
}

/** What the upstream charges us for it, nano-USD: all input at one cost, all output at the other. */
export function costUpstream(
  costs: { inputCostPico: bigint; outputCostPico: bigint },
  tokens: TokenBuckets,
): bigint {
  const input =
    tokens.inputTokens +
    tokens.cachedTokens +
    tokens.cacheWrite5mTokens +
    tokens.cacheWrite1hTokens +
    tokens.audioInputTokens +
    tokens.imageTokens;
  const output = tokens.outputTokens + tokens.reasoningTokens + tokens.audioOutputTokens;
  return nanoFromPico(BigInt(input) * costs.inputCostPico + BigInt(output) * costs.outputCostPico);
}

function greatest(...prices: bigint[]): bigint {
  let highest = 0n;
  for (const price of prices) if (price > highest) highest = price;
  return highest;
}

/**
 * The highest prices that a call may meet, for its reserve: an input token may turn out to be text, cached, or
 * written to a cache, an output token text or reasoning; image and audio prices count where the call has such parts.
 */
export function worstPrices(
  price: PriceVersion,
  call: { images: boolean; audioInput: boolean; audioOutput: boolean; promptCache: boolean },
): { inputPico: bigint; outputPico: bigint } {
  return {
    inputPico: greatest(
      price.inputPico,
      price.cachedInputPico,
      call.promptCache ? price.cacheWrite5mPico : 0n,
      call.promptCache ? price.cacheWrite1hPico : 0n,
      call.images ? price.imageInputPico : 0n,
      call.audioInput ? price.audioInputPico : 0n,
    ),
    outputPico: greatest(
      price.outputPico,
      price.reasoningPico,
      call.audioOutput ? price.audioOutputPico : 0n,
    ),
  };
}
