import { describe, expect, it } from "vitest";
import { formatMinor } from "@/lib/billing/format-minor";
import { fromStripeMinor, toStripeMinor } from "@/lib/billing/minor-units";

describe("amounts between Stripe and us", () => {
  it("cross exactly or not at all", () => {
    for (const amount of [0, 1, 50, 2000, 99_999_999, Number.MAX_SAFE_INTEGER]) {
      expect(fromStripeMinor(amount)).toBe(BigInt(amount));
      expect(toStripeMinor(BigInt(amount))).toBe(amount);
    }
    for (const wrong of [-1, 0.5, 19.99, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => fromStripeMinor(wrong)).toThrow(RangeError);
    }
    for (const wrong of [-1n, 2n ** 53n, 2n ** 63n]) expect(() => toStripeMinor(wrong)).toThrow(RangeError);
  });

  it("read as people write them", () => {
    expect(formatMinor(2000n, "usd")).toBe("$20.00");
    expect(formatMinor(5n, "usd")).toBe("$0.05");
    expect(formatMinor(123_456_789n, "eur")).toBe("€1,234,567.89");
    expect(formatMinor(1500n, "jpy")).toBe("¥1,500");
    expect(formatMinor(1500n, "kwd")).toBe("1.500 KWD");
    expect(formatMinor(999n, "chf")).toBe("9.99 CHF");
  });
});
