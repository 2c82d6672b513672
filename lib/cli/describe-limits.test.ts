import { describe, expect, it } from "vitest";
import { NO_LIMITS } from "@/lib/keys/check-limits";
import { describeLimits } from "./describe-limits";

describe("limits in a few words", () => {
  it("are exact, and none is said", () => {
    expect(describeLimits(NO_LIMITS)).toBe("none");
    const limits = {
      ...NO_LIMITS,
      period: "month" as const,
      periodBudgetNano: 15_000_000_001n,
      totalBudgetNano: 500_000_000n,
      maxRequestNano: 1n,
      requestsPerMinute: 1_000,
      models: ["a"],
      ipRanges: ["10.0.0.0/8", "::1/128"],
    };
    expect(describeLimits(limits)).toBe(
      "$15.000000001/month, $0.5 total, $0.000000001/call, 1000 rpm, 1 model, 2 address ranges",
    );
  });
});
