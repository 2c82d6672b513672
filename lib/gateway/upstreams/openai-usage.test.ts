import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { bucketsFromOpenAi, openAiFromBuckets } from "./openai-usage";

const total = (buckets: object) => Object.values(buckets).reduce((sum: number, n) => sum + Number(n), 0);

describe("usage as upstreams report it", () => {
  it("is split into disjoint buckets", () => {
    const cases: [string, object, object][] = [
      [
        "plain",
        { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 },
        { inputTokens: 9, outputTokens: 12 },
      ],
      [
        "OpenAI with cache, audio and reasoning",
        {
          prompt_tokens: 2006,
          completion_tokens: 300,
          total_tokens: 2306,
          prompt_tokens_details: { cached_tokens: 1920, audio_tokens: 6 },
          completion_tokens_details: {
            reasoning_tokens: 192,
            audio_tokens: 8,
            accepted_prediction_tokens: 0,
          },
        },
        {
          inputTokens: 80,
          cachedTokens: 1920,
          audioInputTokens: 6,
          outputTokens: 100,
          reasoningTokens: 192,
          audioOutputTokens: 8,
        },
      ],
      [
        "DeepSeek",
        {
          prompt_tokens: 100,
          completion_tokens: 5,
          total_tokens: 105,
          prompt_cache_hit_tokens: 64,
          prompt_cache_miss_tokens: 36,
        },
        { inputTokens: 36, cachedTokens: 64, outputTokens: 5 },
      ],
      [
        "xAI: reasoning beside the completion",
        {
          prompt_tokens: 12,
          completion_tokens: 9,
          total_tokens: 421,
          completion_tokens_details: { reasoning_tokens: 400 },
        },
        { inputTokens: 12, outputTokens: 9, reasoningTokens: 400 },
      ],
      [
        "Gemini's compatible endpoint: thoughts in the total alone",
        { prompt_tokens: 7, completion_tokens: 3, total_tokens: 60 },
        { inputTokens: 7, outputTokens: 3, reasoningTokens: 50 },
      ],
      [
        "LiteLLM over Anthropic",
        {
          prompt_tokens: 1000,
          completion_tokens: 1,
          total_tokens: 1001,
          cache_creation_input_tokens: 300,
          cache_read_input_tokens: 600,
        },
        { inputTokens: 100, cachedTokens: 600, cacheWrite5mTokens: 300, outputTokens: 1 },
      ],
      [
        "OpenRouter",
        {
          prompt_tokens: 50,
          completion_tokens: 2,
          prompt_tokens_details: { cached_tokens: 10, cache_write_tokens: 20 },
        },
        { inputTokens: 20, cachedTokens: 10, cacheWrite5mTokens: 20, outputTokens: 2 },
      ],
      [
        "cached input beside the prompt",
        {
          prompt_tokens: 10,
          completion_tokens: 3,
          total_tokens: 1013,
          prompt_tokens_details: { cached_tokens: 1000 },
        },
        { inputTokens: 10, cachedTokens: 1000, outputTokens: 3 },
      ],
      ["an explicit zero", { prompt_tokens: 0, completion_tokens: 0 }, {}],
      [
        "null details",
        {
          prompt_tokens: 4,
          completion_tokens: 1,
          prompt_tokens_details: null,
          completion_tokens_details: null,
        },
        { inputTokens: 4, outputTokens: 1 },
      ],
    ];
    for (const [name, usage, buckets] of cases) {
      expect([name, bucketsFromOpenAi(usage)]).toEqual([name, { ...NO_TOKENS, ...buckets }]);
    }
  });

  it("is not believed when it cannot be true", () => {
    for (const usage of [
      null,
      undefined,
      5,
      {},
      { prompt_tokens: -1 },
      { prompt_tokens: "5" },
      { completion_tokens: 1.5 },
      { prompt_tokens: 1e12 },
    ]) {
      expect(bucketsFromOpenAi(usage)).toBeNull();
    }
  });

  it("never counts a token twice, whatever the parts claim", () => {
    const n = fc.oneof(fc.nat({ max: 5_000 }), fc.constant(undefined));
    fc.assert(
      fc.property(n, n, n, n, n, n, (prompt, completion, cached, write, audio, reasoning) => {
        const usage = {
          prompt_tokens: prompt ?? 0,
          completion_tokens: completion ?? 0,
          prompt_tokens_details: { cached_tokens: cached, cache_write_tokens: write, audio_tokens: audio },
          completion_tokens_details: { reasoning_tokens: reasoning },
        };
        const buckets = bucketsFromOpenAi(usage);
        const beside = (cached ?? 0) + (write ?? 0) > (prompt ?? 0) ? (cached ?? 0) + (write ?? 0) : 0;
        expect(total(buckets ?? {})).toBe((prompt ?? 0) + beside + (completion ?? 0));
        expect(openAiFromBuckets(buckets ?? NO_TOKENS)).toMatchObject({
          prompt_tokens: (prompt ?? 0) + beside,
          completion_tokens: completion ?? 0,
        });
      }),
    );
  });
});
