import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { anthropicFromBuckets, bucketsFromAnthropic, mergeAnthropicUsage } from "./anthropic-usage";

test("input_tokens exclude the cache, which is a bucket of its own", () => {
  expect(
    bucketsFromAnthropic({ input_tokens: 21, cache_read_input_tokens: 188_086, output_tokens: 393 }),
  ).toEqual({ ...NO_TOKENS, inputTokens: 21, cachedTokens: 188_086, outputTokens: 393 });
});

test("what is written to the cache is split by its lifetime, and counts as five minutes where nothing says so", () => {
  const usage = { input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 700 };
  expect(bucketsFromAnthropic(usage)).toMatchObject({ cacheWrite5mTokens: 700, cacheWrite1hTokens: 0 });
  const split = { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 600 };
  expect(bucketsFromAnthropic({ ...usage, cache_creation: split })).toMatchObject({
    cacheWrite5mTokens: 100,
    cacheWrite1hTokens: 600,
  });
  expect(
    bucketsFromAnthropic({ ...usage, cache_creation: { ephemeral_1h_input_tokens: 600 } }),
  ).toMatchObject({
    cacheWrite5mTokens: 100,
    cacheWrite1hTokens: 600,
  });
});

test("thinking is part of output_tokens, and never more than they are", () => {
  const usage = { input_tokens: 1, output_tokens: 90, output_tokens_details: { thinking_tokens: 70 } };
  expect(bucketsFromAnthropic(usage)).toMatchObject({ outputTokens: 20, reasoningTokens: 70 });
  const wrong = { ...usage, output_tokens_details: { thinking_tokens: 7_000 } };
  expect(bucketsFromAnthropic(wrong)).toMatchObject({ outputTokens: 0, reasoningTokens: 90 });
});

test.each([
  null,
  "many",
  {},
  { cache_read_input_tokens: 5 },
  { input_tokens: -1, output_tokens: 5 },
  { input_tokens: 1.5, output_tokens: 5 },
  { input_tokens: 1, output_tokens: 1e15 },
  { input_tokens: "12", output_tokens: 5 },
])("a report that cannot be believed is none: %j", (usage) => {
  expect(bucketsFromAnthropic(usage)).toBeNull();
});

test("a summary on the way has used tokens of its own", () => {
  const summary = { type: "compaction", input_tokens: 180_000, output_tokens: 3_500 };
  const message = { type: "message", input_tokens: 23_000, output_tokens: 1_000 };
  const usage = { input_tokens: 23_000, output_tokens: 1_000, iterations: [summary, message, null] };
  expect(bucketsFromAnthropic(usage)).toMatchObject({ inputTokens: 203_000, outputTokens: 4_500 });
});

test("reports of one stream are totals: the later one counts, and they are never added up", () => {
  const first = { input_tokens: 25, cache_read_input_tokens: 10, output_tokens: 1 };
  const second = mergeAnthropicUsage(first, { output_tokens: 40 });
  const third = mergeAnthropicUsage(second, { input_tokens: 25, output_tokens: 90 });
  expect(third).toEqual({ input_tokens: 25, cache_read_input_tokens: 10, output_tokens: 90 });
});

test("a later report corrects the input, but one of nothing but zeros says nothing", () => {
  const guess = { input_tokens: 5_000, output_tokens: 0 };
  expect(
    mergeAnthropicUsage(guess, { input_tokens: 12, cache_read_input_tokens: 4_988, output_tokens: 7 }),
  ).toEqual({ input_tokens: 12, cache_read_input_tokens: 4_988, output_tokens: 7 });
  expect(
    mergeAnthropicUsage(guess, { input_tokens: 0, cache_read_input_tokens: null, output_tokens: 7 }),
  ).toEqual({ input_tokens: 5_000, output_tokens: 7 });
  expect(mergeAnthropicUsage(null, { input_tokens: 0, output_tokens: 7 })).toEqual({
    input_tokens: 0,
    output_tokens: 7,
  });
});

test("buckets survive the way to Anthropic's shape and back", () => {
  const tokens = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(tokens, tokens, tokens, tokens, tokens, tokens, (a, b, c, d, e, f) => {
      const buckets = {
        ...NO_TOKENS,
        inputTokens: a,
        cachedTokens: b,
        cacheWrite5mTokens: c,
        cacheWrite1hTokens: d,
        outputTokens: e,
        reasoningTokens: f,
      };
      expect(bucketsFromAnthropic(anthropicFromBuckets(buckets))).toEqual(buckets);
    }),
  );
});
