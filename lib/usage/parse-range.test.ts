import { describe, expect, it } from "vitest";
import { parseRange, previousSpan, type RangeInput } from "@/lib/usage/parse-range";
import { rangeSlots } from "@/lib/usage/range-slots";

const NOW = new Date("2026-11-21T23:30:00Z");
const parse = (input: RangeInput, zone = "UTC", now = NOW) => parseRange(input, zone, now);
const hours = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 3_600_000;

describe("presets", () => {
  it("count whole days, today included", () => {
    expect(parse({}).range).toMatchObject({ choice: "30d", fromDay: "2026-10-23", toDay: "2026-11-21" });
    expect(parse({ range: "7d" }).range).toMatchObject({ fromDay: "2026-11-15", toDay: "2026-11-21" });
    expect(parse({ range: "90d" }).range).toMatchObject({ fromDay: "2026-08-24", granularity: "day" });
    expect(parse({ range: "today" }).range).toMatchObject({ fromDay: "2026-11-21", granularity: "hour" });
    expect(parse({ range: "month" }).range).toMatchObject({ fromDay: "2026-11-01", toDay: "2026-11-21" });
    expect(parse({ range: "last-month" }).range).toMatchObject({
      fromDay: "2026-10-01",
      toDay: "2026-10-31",
    });
  });

  it("follow the person's calendar, not UTC's", () => {
    const { range } = parse({ range: "today" }, "Europe/Berlin");
    expect(range.fromDay).toBe("2026-11-22");
    expect(range.from.toISOString()).toBe("2026-11-21T23:00:00.000Z");
    expect(parse({ range: "today" }, "America/New_York").range.fromDay).toBe("2026-11-21");
    expect(parse({ range: "today" }, "Mars/Olympus").range.zone).toBe("UTC");
  });
});

describe("a custom range", () => {
  it("includes both of its days", () => {
    const { range, problem } = parse({ range: "custom", from: "2026-11-01", to: "2026-11-03" });
    expect(problem).toBeNull();
    expect(hours(range.from, range.to)).toBe(72);
  });

  it("needs only one end, and ends today if it would end later", () => {
    expect(parse({ from: "2026-11-10" }).range).toMatchObject({ choice: "custom", toDay: "2026-11-21" });
    expect(parse({ to: "2026-10-30" }).range).toMatchObject({ fromDay: "2026-10-01", toDay: "2026-10-30" });
    expect(parse({ from: "2026-11-10", to: "2030-01-01" })).toMatchObject({
      problem: null,
      range: { toDay: "2026-11-21" },
    });
  });

  it("is refused by name, and answered with 30 days, when it cannot be met", () => {
    const cases: [RangeInput, string][] = [
      [{ from: "2026-11-10", to: "2026-11-09" }, "reversed"],
      [{ from: "2026-11-22", to: "2026-11-25" }, "future"],
      [{ from: "2999-01-01" }, "future"],
      [{ from: "2016-11-21", to: "2026-11-21" }, "tooLong"],
      [{ from: "1970-01-01" }, "tooLong"],
      [{ from: "2026-02-30" }, "garbled"],
      [{ to: "tomorrow" }, "garbled"],
      [{ from: "2026-11-01'; DROP TABLE users; --" }, "garbled"],
      [{ from: "0001-01-01" }, "garbled"],
      [{ range: "decade" }, "unknown"],
      [{ range: "__proto__" }, "unknown"],
    ];
    for (const [input, problem] of cases) {
      expect(parse(input), JSON.stringify(input)).toMatchObject({ problem, range: { choice: "30d" } });
    }
  });

  it("may be a leap year long, and not a day longer", () => {
    expect(parse({ from: "2025-11-21" })).toMatchObject({ problem: null, range: { granularity: "week" } });
    expect(parse({ from: "2025-11-20" }).problem).toBe("tooLong");
  });
});

describe("slots", () => {
  const sum = (input: RangeInput, zone: string) => {
    const { range } = parse(input, zone);
    const slots = rangeSlots(range);
    for (let i = 1; i < slots.length; i++) expect(slots[i]?.from).toEqual(slots[i - 1]?.to);
    expect(slots[0]?.from).toEqual(range.from);
    expect(slots.at(-1)?.to).toEqual(range.to);
    return slots;
  };

  it("are hours of a day, 23 or 25 where the clocks change", () => {
    const day = (on: string, zone: string) => sum({ from: on, to: on }, zone).length;
    expect(day("2026-11-20", "UTC")).toBe(24);
    expect(day("2026-03-29", "Europe/Berlin")).toBe(23);
    expect(day("2026-10-25", "Europe/Berlin")).toBe(25);
    expect(day("2026-03-08", "America/New_York")).toBe(23);
    expect(day("2026-11-01", "America/New_York")).toBe(25);
    expect(day("2026-10-04", "Australia/Lord_Howe")).toBe(24);
  });

  it("are days that stay days across a change of clocks", () => {
    const slots = sum({ from: "2026-10-24", to: "2026-10-27" }, "Europe/Berlin");
    expect(slots.map((slot) => hours(slot.from, slot.to))).toEqual([24, 25, 24, 24]);
    expect(slots.map((slot) => slot.day)).toEqual(["2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27"]);
  });

  it("are weeks from Monday when the range is long, the first cut short", () => {
    const slots = sum({ from: "2026-06-03", to: "2026-11-21" }, "America/New_York");
    expect(slots.slice(0, 2).map((slot) => slot.day)).toEqual(["2026-06-03", "2026-06-08"]);
    expect(slots).toHaveLength(25);
  });
});

describe("the span before", () => {
  it("is as long, ends where the range begins, and stops at the same time of day", () => {
    const { range } = parse({ range: "7d" });
    const before = previousSpan(range, NOW);
    expect(before.from.toISOString()).toBe("2026-11-08T00:00:00.000Z");
    expect(before.to.toISOString()).toBe("2026-11-14T23:30:00.000Z");
  });

  it("is whole for a range that is over", () => {
    const { range } = parse({ range: "last-month" });
    const before = previousSpan(range, NOW);
    expect(before).toEqual({ from: new Date("2026-08-31T00:00:00Z"), to: range.from });
  });
});
