import { NO_TOKENS, type TokenBuckets } from "@/lib/gateway/price-call";
import { MAX_TOKENS } from "@/lib/money";

function count(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS
    ? value
    : 0;
}

function details(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/**
 * The usage object of a chat completion as disjoint buckets; null where there is none that can be believed.
 * `prompt_tokens` includes cached, cache-write, audio and image tokens; `completion_tokens` includes reasoning and
 * audio ones. Where `total_tokens` exceeds the sum of both, the difference is reasoning that was left out of
 * `completion_tokens` (xAI, Gemini's compatible endpoint).
 * Sources: OpenAI API reference "usage"; DeepSeek `prompt_cache_hit_tokens`; OpenRouter `cache_write_tokens`;
 * LiteLLM and Anthropic's compatible endpoint `cache_creation_input_tokens`, `cache_read_input_tokens`.
 */
export function bucketsFromOpenAi(value: unknown): TokenBuckets | null {
  if (typeof value !== "object" || value === null) return null;
  const usage = value as Record<string, unknown>;
  for (const name of ["prompt_tokens", "completion_tokens"]) {
    const given = usage[name];
    if (given === undefined || given === null) continue;
    if (typeof given !== "number" || !Number.isInteger(given) || given < 0 || given > MAX_TOKENS) return null;
  }
  if (typeof usage.prompt_tokens !== "number" && typeof usage.completion_tokens !== "number") return null;

  const completion = count(usage.completion_tokens);
  const buckets: TokenBuckets = { ...NO_TOKENS };

  const input = details(usage.prompt_tokens_details);
  const cached = count(input.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cache_read_input_tokens);
  const written = count(input.cache_write_tokens ?? usage.cache_creation_input_tokens);
  let prompt = count(usage.prompt_tokens);
  let beyond = Math.max(0, count(usage.total_tokens) - prompt - completion);
  // Some count cached input beside the prompt instead of in it.
  if (cached + written > prompt || (beyond > 0 && beyond === cached + written)) {
    prompt += cached + written;
    beyond = 0;
  }
  let rest = prompt;
  const take = (wanted: number): number => {
    const taken = Math.min(wanted, rest);
    rest -= taken;
    return taken;
  };
  buckets.cachedTokens = take(cached);
  buckets.cacheWrite5mTokens = take(written);
  buckets.audioInputTokens = take(count(input.audio_tokens));
  buckets.imageTokens = take(count(input.image_tokens));
  buckets.inputTokens = rest;

  const output = details(usage.completion_tokens_details);
  const reasoning = count(output.reasoning_tokens ?? usage.reasoning_tokens);
  rest = completion + beyond;
  buckets.reasoningTokens = take(Math.max(reasoning, beyond));
  buckets.audioOutputTokens = take(count(output.audio_tokens));
  buckets.outputTokens = rest;
  return buckets;
}

/** The buckets in OpenAI's shape, for a client that asked for usage where the upstream gave none. */
export function openAiFromBuckets(tokens: TokenBuckets): Record<string, unknown> {
  const prompt =
    tokens.inputTokens +
    tokens.cachedTokens +
    tokens.cacheWrite5mTokens +
    tokens.cacheWrite1hTokens +
    tokens.audioInputTokens +
    tokens.imageTokens;
  const completion = tokens.outputTokens + tokens.reasoningTokens + tokens.audioOutputTokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: tokens.cachedTokens, audio_tokens: tokens.audioInputTokens },
    completion_tokens_details: {
      reasoning_tokens: tokens.reasoningTokens,
      audio_tokens: tokens.audioOutputTokens,
    },
  };
}
