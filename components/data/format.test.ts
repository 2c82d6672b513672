import { describe, expect, it } from "vitest";
import { formatDuration } from "./format-duration";
import { formatExact, formatRelative } from "./format-time";
import { formatTokens, group } from "./format-tokens";

describe("token counts", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1_234, "1,234"],
    [9_999, "9,999"],
    [12_345, "12.3k"],
    [10_000, "10k"],
    [999_999, "999k"],
    [4_567_000, "4.56M"],
    [18_000_000, "18M"],
    [2_500_000_000n, "2.5B"],
  ])("%s reads %s", (count, text) => expect(formatTokens(count)).toBe(text));
  it("groups whole numbers", () => expect(group(1234567)).toBe("1,234,567"));
});

describe("durations", () => {
  it.each([
    [0, "0 ms"],
    [840, "840 ms"],
    [2_400, "2.4 s"],
    [72_000, "1 min 12 s"],
    [3_720_000, "1 h 2 min"],
  ])("%s ms reads %s", (duration, text) => expect(formatDuration(duration)).toBe(text));
});

describe("times", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const words = { justNow: "just now", ago: (s: string) => `${s} ago`, ahead: (s: string) => `in ${s}` };
  it.each([
    ["2026-11-21T11:59:40Z", "just now"],
    ["2026-11-21T11:58:00Z", "2 min ago"],
    ["2026-11-21T15:00:00Z", "in 3 h"],
    ["2026-12-03T12:00:00Z", "in 12 d"],
    ["2026-11-18T12:00:00Z", "18 Nov"],
    ["2025-11-18T12:00:00Z", "18 Nov 2025"],
  ])("%s reads %s", (at, text) => expect(formatRelative(new Date(at), now, "UTC", "en", words)).toBe(text));
  it("is exact with the zone", () => expect(formatExact(now, "UTC", "en")).toBe("21 Nov 2026, 12:00:00 UTC"));
});
