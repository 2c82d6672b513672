import type { Json } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS, type TokenBuckets } from "@/lib/gateway/price-call";
import { MAX_TOKENS } from "@/lib/money";

const COUNTS = [
  "input_tokens",
  "cache_read_input_tokens",
  "cache_creation_input_tokens",
  "output_tokens",
] as const;
const INPUT: readonly string[] = [...COUNTS.slice(0, 3), "cache_creation"];

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS;
const count = (value: unknown): number => (isCount(value) ? value : 0);
const details = (value: unknown): Json =>
  typeof value === "object" && value !== null ? (value as Json) : {};

/**
 * The usage of a message as disjoint buckets; null where there is none that can be believed. Its `input_tokens`
 * exclude what was read from the cache or written to it, its `output_tokens` include thinking. What was written is
 * split by lifetime in `cache_creation`; what that leaves out was for five minutes. What a summary of the conversation
 * used on the way stands only in `iterations`, and is added.
 * Sources: Anthropic API reference, "Messages", `Usage`; "Prompt caching", 1-hour cache duration; "Compaction".
 */
export function bucketsFromAnthropic(value: unknown): TokenBuckets | null {
  const own = bucketsOfOne(value);
  const { iterations } = details(value);
  if (!own || !Array.isArray(iterations)) return own;
  for (const iteration of iterations as unknown[]) {
    const more = details(iteration).type === "compaction" ? bucketsOfOne(iteration) : null;
    if (!more) continue;
    for (const name of Object.keys(own) as (keyof TokenBuckets)[]) own[name] += more[name];
  }
  return own;
}

function bucketsOfOne(value: unknown): TokenBuckets | null {
  if (typeof value !== "object" || value === null) return null;
  const usage = value as Json;
  for (const name of COUNTS) {
    const given = usage[name];
    if (given !== undefined && given !== null && !isCount(given)) return null;
  }
  if (!isCount(usage.input_tokens) && !isCount(usage.output_tokens)) return null;

  const written = details(usage.cache_creation);
  const oneHour = count(written.ephemeral_1h_input_tokens);
  const total = Math.max(
    count(usage.cache_creation_input_tokens),
    oneHour + count(written.ephemeral_5m_input_tokens),
  );
  const output = count(usage.output_tokens);
  const thinking = Math.min(output, count(details(usage.output_tokens_details).thinking_tokens));
  return {
    ...NO_TOKENS,
    inputTokens: count(usage.input_tokens),
    cachedTokens: count(usage.cache_read_input_tokens),
    cacheWrite5mTokens: total - oneHour,
    cacheWrite1hTokens: oneHour,
    outputTokens: output - thinking,
    reasoningTokens: thinking,
  };
}

/**
 * A later report of the same stream over an earlier one: counts are totals, never to be added up. Input counts of a
 * later report that are all zero say nothing; some servers leave them out that way.
 */
export function mergeAnthropicUsage(earlier: Json | null, later: Json): Json {
  const merged: Json = { ...earlier };
  const silent = COUNTS.slice(0, 3).every((name) => !later[name]);
  for (const [name, value] of Object.entries(later)) {
    if (value === null || value === undefined) continue;
    if (earlier && silent && INPUT.includes(name)) continue;
    merged[name] = value;
  }
  return merged;
}

/** The buckets in Anthropic's shape. */
export function anthropicFromBuckets(tokens: TokenBuckets): Json {
  const { cacheWrite5mTokens, cacheWrite1hTokens, reasoningTokens } = tokens;
  return {
    input_tokens: tokens.inputTokens + tokens.imageTokens + tokens.audioInputTokens,
    cache_creation_input_tokens: cacheWrite5mTokens + cacheWrite1hTokens,
    cache_read_input_tokens: tokens.cachedTokens,
    cache_creation: {
      ephemeral_5m_input_tokens: cacheWrite5mTokens,
      ephemeral_1h_input_tokens: cacheWrite1hTokens,
    },
    output_tokens: tokens.outputTokens + reasoningTokens + tokens.audioOutputTokens,
    ...(reasoningTokens > 0 ? { output_tokens_details: { thinking_tokens: reasoningTokens } } : {}),
  };
}
