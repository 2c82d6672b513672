import { describe, expect, it } from "vitest";
import { changePermille, estimatePace } from "@/lib/usage/estimate-pace";

const now = new Date("2026-11-21T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe("the pace", () => {
  it("is spend over the time it took", () => {
    const pace = estimatePace({
      availableNano: 18_420_000_000n,
      spentNano: 7_000_000_000n,
      since: daysAgo(7),
      firstCallAt: daysAgo(40),
      now,
    });
    expect(pace).toEqual({ perDayNano: 1_000_000_000n, daysLeft: 18 });
  });

  it("counts from the first call, but no less than a day", () => {
    const young = { availableNano: 10n, spentNano: 4n, since: daysAgo(7), now };
    expect(estimatePace({ ...young, firstCallAt: daysAgo(2) }).perDayNano).toBe(2n);
    expect(estimatePace({ ...young, firstCallAt: daysAgo(0.01) }).perDayNano).toBe(4n);
  });

  it("promises nothing when nothing is spent, nothing when nothing is left, and never infinity", () => {
    const base = { since: daysAgo(7), firstCallAt: null, now };
    expect(estimatePace({ ...base, availableNano: 5n, spentNano: 0n }).daysLeft).toBeNull();
    expect(estimatePace({ ...base, availableNano: 0n, spentNano: 70n }).daysLeft).toBe(0);
    expect(estimatePace({ ...base, availableNano: -5n, spentNano: 70n }).daysLeft).toBe(0);
    expect(estimatePace({ ...base, availableNano: 2n ** 62n, spentNano: 7n }).daysLeft).toBe(100_000);
  });
});

describe("a change", () => {
  it("is in tenths of a percent, and unknown against nothing", () => {
    expect(changePermille(112n, 100n)).toBe(120);
    expect(changePermille(0n, 100n)).toBe(-1000);
    expect(changePermille(5n, 0n)).toBeNull();
    expect(changePermille(2n ** 62n, 1n)).toBe(1_000_000);
  });
});
