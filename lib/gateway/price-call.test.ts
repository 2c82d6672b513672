import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PriceVersion } from "@/lib/catalog/types";
import { costUpstream, NO_TOKENS, priceCall, type TokenBuckets, worstPrices } from "./price-call";

const pico = fc.bigInt({ min: 0n, max: 10_000_000_000n });
const price: fc.Arbitrary<PriceVersion> = fc.record({
  id: fc.constant("pri_1"),
  version: fc.constant(1),
  inputPico: pico,
  cachedInputPico: pico,
  cacheWrite5mPico: pico,
  cacheWrite1hPico: pico,
  outputPico: pico,
  reasoningPico: pico,
  audioInputPico: pico,
  audioOutputPico: pico,
  imageInputPico: pico,
  requestPico: pico,
});
const tokens = fc.nat({ max: 1_000_000_000 });
const buckets: fc.Arbitrary<TokenBuckets> = fc.record({
  inputTokens: tokens,
  cachedTokens: tokens,
  cacheWrite5mTokens: tokens,
  cacheWrite1hTokens: tokens,
  outputTokens: tokens,
  reasoningTokens: tokens,
  audioInputTokens: tokens,
  audioOutputTokens: tokens,
  imageTokens: tokens,
});

const PRICE_OF = {
  inputTokens: "inputPico",
  cachedTokens: "cachedInputPico",
  cacheWrite5mTokens: "cacheWrite5mPico",
  cacheWrite1hTokens: "cacheWrite1hPico",
  outputTokens: "outputPico",
  reasoningTokens: "reasoningPico",
  audioInputTokens: "audioInputPico",
  audioOutputTokens: "audioOutputPico",
  imageTokens: "imageInputPico",
} as const satisfies Record<keyof TokenBuckets, keyof PriceVersion>;

describe("the price of a call", () => {
  it("is every bucket at its own price, exactly, rounded up once", () => {
    fc.assert(
      fc.property(price, buckets, (prices, used) => {
        let sum = prices.requestPico;
        for (const [bucket, name] of Object.entries(PRICE_OF)) {
          sum += BigInt(used[bucket as keyof TokenBuckets]) * BigInt(prices[name]);
        }
        const nano = priceCall(prices, used);
        expect(nano * 1000n - sum).toBeGreaterThanOrEqual(0n);
        expect(nano * 1000n - sum).toBeLessThan(1000n);
      }),
      { numRuns: 10_000 },
    );
  });

  it("is what the price list says: $1 and $2 per million", () => {
    const list = { inputPico: 1_000_000n, outputPico: 2_000_000n, requestPico: 0n } as PriceVersion;
    expect(priceCall(list, { ...NO_TOKENS, inputTokens: 1_000_000, outputTokens: 500_000 })).toBe(
      2_000_000_000n,
    );
    expect(priceCall({ ...list, inputPico: 37_500n }, { ...NO_TOKENS, inputTokens: 1 })).toBe(38n);
    expect(priceCall(list, NO_TOKENS)).toBe(0n);
  });

  it("refuses counts that cannot be", () => {
    const list = { inputPico: 1n, outputPico: 1n, requestPico: 0n } as PriceVersion;
    for (const inputTokens of [-1, 1.5, Number.NaN, 1e12]) {
      expect(() => priceCall(list, { ...NO_TOKENS, inputTokens })).toThrow(RangeError);
    }
  });

  it("is never above what the worst prices reserve", () => {
    fc.assert(
      fc.property(price, buckets, (prices, used) => {
        const worst = worstPrices(prices, {
          images: true,
          audioInput: true,
          audioOutput: true,
          promptCache: true,
        });
        const input =
          used.inputTokens +
          used.cachedTokens +
          used.cacheWrite5mTokens +
          used.cacheWrite1hTokens +
          used.audioInputTokens +
          used.imageTokens;
        const output = used.outputTokens + used.reasoningTokens + used.audioOutputTokens;
        const reserved =
          prices.requestPico + BigInt(input) * worst.inputPico + BigInt(output) * worst.outputPico;
        expect(priceCall(prices, used)).toBeLessThanOrEqual((reserved + 999n) / 1000n);
      }),
    );
  });

  it("of the upstream is all input and all output at its cost", () => {
    const used = { ...NO_TOKENS, inputTokens: 10, cachedTokens: 5, outputTokens: 3, reasoningTokens: 4 };
    expect(costUpstream({ inputCostPico: 1_000n, outputCostPico: 2_000n }, used)).toBe(29n);
  });
});
