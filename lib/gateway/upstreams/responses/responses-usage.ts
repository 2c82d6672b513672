import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { TokenBuckets } from "@/lib/gateway/price-call";
import { bucketsFromOpenAi } from "@/lib/gateway/upstreams/openai-usage";

/**
 * The usage object of a response as disjoint buckets; null where there is none that can be believed. `input_tokens`
 * includes cached and cache-write tokens, `output_tokens` includes reasoning.
 * Source: OpenAI API reference, "The response object", `usage`.
 */
export function bucketsFromResponses(value: unknown): TokenBuckets | null {
  if (!isObject(value)) return null;
  return bucketsFromOpenAi({
    prompt_tokens: value.input_tokens,
    completion_tokens: value.output_tokens,
    total_tokens: value.total_tokens,
    prompt_tokens_details: value.input_tokens_details,
    completion_tokens_details: value.output_tokens_details,
  });
}

/** The buckets in the shape of a response's usage. */
export function responsesFromBuckets(tokens: TokenBuckets): Json {
  const written = tokens.cacheWrite5mTokens + tokens.cacheWrite1hTokens;
  const input =
    tokens.inputTokens + tokens.cachedTokens + written + tokens.audioInputTokens + tokens.imageTokens;
  const output = tokens.outputTokens + tokens.reasoningTokens + tokens.audioOutputTokens;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: tokens.cachedTokens, cache_write_tokens: written },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: tokens.reasoningTokens },
    total_tokens: input + output,
  };
}
