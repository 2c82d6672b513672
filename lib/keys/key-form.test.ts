import { describe, expect, it } from "vitest";
import { LimitsForm } from "./key-form";

function messages(input: object): string[] {
  const parsed = LimitsForm.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
}

describe("limits typed by people", () => {
  it("become exact amounts, and blank means none", () => {
    expect(
      LimitsForm.parse({
        totalUsd: " $25 ",
        periodUsd: "0.000000001",
        period: "week",
        requestsPerMinute: "60",
        maxRequestUsd: "",
        models: "openai/gpt-4o, sandbox/echo\nsandbox/echo",
        ipRanges: "",
        expiresAt: "2030-01-02",
      }),
    ).toEqual({
      totalBudgetNano: 25_000_000_000n,
      periodBudgetNano: 1n,
      period: "week",
      requestsPerMinute: 60,
      maxRequestNano: null,
      models: ["openai/gpt-4o", "sandbox/echo", "sandbox/echo"],
      ipRanges: [],
      expiresAt: new Date("2030-01-02T00:00:00Z"),
    });
  });

  it("leave out what was not asked, and a period without an amount", () => {
    expect(Object.values(LimitsForm.parse({})).every((value) => value === undefined)).toBe(true);
    expect(LimitsForm.parse({ periodUsd: "", period: "month" })).toMatchObject({
      periodBudgetNano: null,
      period: null,
    });
    expect(LimitsForm.parse({ periodUsd: "3" })).toMatchObject({ period: "month" });
  });

  it("are refused by their field when they are no amounts, numbers or times", () => {
    expect(messages({ totalUsd: "0" })).toEqual(["totalUsd amountPositive"]);
    expect(messages({ totalUsd: "-5" })).toEqual(["totalUsd amountPositive"]);
    expect(messages({ totalUsd: "9999999999999999" })).toEqual(["totalUsd amountTooLarge"]);
    expect(messages({ totalUsd: "9223372037" })).toEqual(["totalUsd amountTooLarge"]);
    for (const text of ["1e3", "0,50", "1.0000000001", "twelve", "NaN", "1 000", "٣"]) {
      expect(messages({ periodUsd: text }), text).toEqual(["periodUsd amountInvalid"]);
    }
    for (const text of ["a b, <b>", "gpt-4?", "ä/*"]) {
      expect(messages({ models: text }), text).toEqual(["models modelPattern"]);
    }
    for (const text of ["many", "1.5", "0x10", "99999999999999999"]) {
      expect(messages({ maxParallel: text }), text).toEqual(["maxParallel notANumber"]);
    }
    for (const text of [
      "tomorrow",
      "2030-01-01T10:00",
      "2030-13-01",
      "2030-02-30",
      "2030-02-30T10:00:00Z",
      "01/02/2030",
    ]) {
      expect(messages({ expiresAt: text }), text).toEqual(["expiresAt notATime"]);
    }
    expect(messages({ totalUsd: "1".repeat(10_000) })).toHaveLength(1);
    const all = {
      periodUsd: "lots",
      requestsPerMinute: "0",
      maxParallel: "-1",
      ipRanges: "300.1.1.1",
      expiresAt: "-",
    };
    expect(messages(all).map((message) => message.split(" ")[0])).toEqual(Object.keys(all));
  });
});
