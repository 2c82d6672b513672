import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatUsd,
  MAX_TOKENS,
  nanoFromPico,
  parseUsd,
  parseUsdPerMillion,
  tokenCount,
  usdExact,
  usdPerMillion,
  usdPerToken,
} from "@/lib/money";

describe("amounts", () => {
  test("what is written exactly is read back exactly", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        (nano) => parseUsd(usdExact(nano)) === nano,
      ),
    );
  });

  test.each([
    "",
    "1e3",
    "0x10",
    "1,000",
    "1.",
    ".5",
    "NaN",
    "Infinity",
    "1.0000000001",
    "99999999999",
    "--1",
    "1 2",
    "١",
  ])("%j is not an amount", (text) => expect(() => parseUsd(text)).toThrow(RangeError));

  test("a fraction of a nano-dollar is rounded up, and nothing is negative", () => {
    expect([0n, 1n, 999n, 1000n, 1001n].map(nanoFromPico)).toEqual([0n, 1n, 1n, 1n, 2n]);
    expect(() => nanoFromPico(-1n)).toThrow(RangeError);
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 53, MAX_TOKENS + 1])(
    "%d is no token count",
    (n) => {
      expect(() => tokenCount(n)).toThrow(RangeError);
    },
  );
});

describe("prices", () => {
  test("$0.0375 per million is exact", () => {
    expect(parseUsdPerMillion("0.0375")).toBe(37_500n);
    expect(usdPerMillion(37_500n)).toBe("0.0375");
    expect(usdPerToken(37_500n)).toBe("0.0000000375");
  });

  test("what is written exactly is read back exactly", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (pico) => parseUsdPerMillion(usdPerMillion(pico)) === pico,
      ),
    );
  });
});

describe("for people", () => {
  test.each([
    [0n, "$0.00"],
    [18_420_000_000n, "$18.42"],
    [1_234_567_890_000_000n, "$1,234,567.89"],
    [4_120_000n, "$0.00412"],
    [500_000_000n, "$0.50"],
    [999_999_999n, "$0.999"],
    [1n, "$0.000000001"],
    [12_345n, "$0.0000123"],
  ])("%d nano-USD reads %s", (nano, text) => expect(formatUsd(nano)).toBe(text));

  test("debits carry a minus sign, credits a plus when asked", () => {
    expect(formatUsd(-4_120_000n)).toBe("−$0.00412");
    expect(formatUsd(20_000_000_000n, { sign: true })).toBe("+$20.00");
  });

  test("what is shown is never more than what is there", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 17n }),
        (nano) => parseUsd(formatUsd(nano).replace(/[$,]/g, "")) <= nano,
      ),
    );
  });
});
