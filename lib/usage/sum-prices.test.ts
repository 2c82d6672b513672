import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nanoFromPico } from "@/lib/money";
import { type CallPrices, type CallTokens, PRICED_BUCKETS, sumPrices } from "@/lib/usage/sum-prices";

const tokens = (some: Partial<CallTokens>): CallTokens => ({
  inputTokens: 0,
  cachedTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  audioInputTokens: 0,
  audioOutputTokens: 0,
  imageTokens: 0,
  ...some,
});
const prices = (some: Partial<CallPrices>): CallPrices => ({
  inputPico: 0n,
  cachedInputPico: 0n,
  cacheWrite5mPico: 0n,
  cacheWrite1hPico: 0n,
  outputPico: 0n,
  reasoningPico: 0n,
  audioInputPico: 0n,
  audioOutputPico: 0n,
  imageInputPico: 0n,
  requestPico: 0n,
  ...some,
});

describe("a call's price", () => {
  it("has a line for each bucket that was used, and always for input and output", () => {
    const sum = sumPrices(
      tokens({ inputTokens: 10, cachedTokens: 5 }),
      prices({ inputPico: 2_500_000n, cachedInputPico: 1_250_000n, outputPico: 10_000_000n }),
      31_250n,
    );
    expect(sum?.lines.map((line) => [line.bucket, line.quantity, line.amountPico])).toEqual([
      ["input", 10, 25_000_000n],
      ["cached", 5, 6_250_000n],
      ["output", 0, 0n],
    ]);
    expect(sum).toMatchObject({ linesPico: 31_250_000n, roundingPico: 0n, notChargedNano: 0n });
  });

  it("says what rounding added, and what nobody paid", () => {
    const sum = sumPrices(tokens({ inputTokens: 1 }), prices({ inputPico: 37_500n }), 38n);
    expect(sum).toMatchObject({ linesPico: 37_500n, roundingPico: 500n, notChargedNano: 0n });
    const free = sumPrices(tokens({ inputTokens: 1 }), prices({ inputPico: 37_500n }), 0n);
    expect(free).toMatchObject({ roundingPico: 500n, notChargedNano: 38n });
  });

  it("is not told when the lines do not reach what was charged", () => {
    expect(sumPrices(tokens({ inputTokens: 1 }), prices({ inputPico: 1_000n }), 2n)).toBeNull();
  });

  it("equals the cost to the unit, whatever the counts and prices", () => {
    const count = fc.integer({ min: 0, max: 1_000_000_000 });
    const price = fc.bigInt({ min: 0n, max: 1_000_000_000n });
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 9, maxLength: 9 }),
        fc.array(price, { minLength: 10, maxLength: 10 }),
        fc.nat(100),
        (counts, unit, paidPercent) => {
          const used = tokens({});
          const asked = prices({ requestPico: unit[9] ?? 0n });
          let worthPico = asked.requestPico;
          PRICED_BUCKETS.forEach(([, name, priced], i) => {
            used[name] = counts[i] ?? 0;
            asked[priced] = unit[i] ?? 0n;
            worthPico += BigInt(used[name]) * asked[priced];
          });
          const costNano = (nanoFromPico(worthPico) * BigInt(paidPercent)) / 100n;
          const sum = sumPrices(used, asked, costNano);
          expect(sum).not.toBeNull();
          if (!sum) return;
          expect(sum.lines.reduce((all, line) => all + line.amountPico, 0n)).toBe(sum.linesPico);
          expect(sum.linesPico + sum.roundingPico).toBe((sum.costNano + sum.notChargedNano) * 1000n);
          expect(sum.roundingPico < 1000n).toBe(true);
        },
      ),
    );
  });
});
