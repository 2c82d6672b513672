import { describe, expect, it } from "vitest";
import { NO_LIMITS } from "@/lib/keys/check-limits";
import { keyGauges } from "./key-gauges";

const periodEndsAt = new Date("2030-02-01T00:00:00Z");
const meter = {
  totalSpentNano: 3n,
  totalHeldNano: 1n,
  periodSpentNano: 1n,
  periodHeldNano: 0n,
  periodEndsAt,
};

describe("a key's gauges", () => {
  it("are none without budgets", () => {
    expect(keyGauges({ limits: NO_LIMITS, meter })).toEqual([]);
  });

  it("count what is held as used, at any size", () => {
    const huge = 9_223_372_036_854_775_807n;
    const limits = { ...NO_LIMITS, period: "day" as const, periodBudgetNano: huge, totalBudgetNano: 8n };
    expect(keyGauges({ limits, meter })).toEqual([
      { span: "day", spentNano: 1n, heldNano: 0n, limitNano: huge, share: 0, endsAt: periodEndsAt },
      { span: "total", spentNano: 3n, heldNano: 1n, limitNano: 8n, share: 0.5, endsAt: null },
    ]);
  });
});
