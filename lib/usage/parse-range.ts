import {
  addDays,
  dayAt,
  dayStart,
  daysBetween,
  earlierDay,
  knownZone,
  parseDay,
} from "@/lib/usage/zone-days";

export const RANGE_PRESETS = ["today", "7d", "30d", "90d", "month", "last-month"] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];
export type Granularity = "hour" | "day" | "week";

/** A stretch of whole days in a zone. */
export interface UsageRange {
  choice: RangePreset | "custom";
  zone: string;
  granularity: Granularity;
  /** First and last day, both included. */
  fromDay: string;
  toDay: string;
  /** First instant, included, and last one, excluded. */
  from: Date;
  to: Date;
}

/** Why a wish could not be met; the range is then the default one. */
export type RangeProblem = "unknown" | "garbled" | "reversed" | "future" | "tooLong";

export const LONGEST_RANGE_DAYS = 366;
const DEFAULT_PRESET: RangePreset = "30d";

export interface RangeInput {
  range?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/**
 * A range out of a URL's `range`, `from` and `to`. Never throws: what cannot be met is named in `problem` and
 * answered with the last 30 days. A last day in the future is cut to today.
 */
export function parseRange(
  input: RangeInput,
  zone: string,
  now: Date,
  fallback: RangePreset = DEFAULT_PRESET,
): { range: UsageRange; problem: RangeProblem | null } {
  const known = knownZone(zone);
  const today = dayAt(now, known);
  const preset = (choice: RangePreset) => makeRange(choice, ...presetDays(choice, today), known);
  const refuse = (problem: RangeProblem) => ({ range: preset(fallback), problem });

  const wantsCustom = input.range === "custom" || (!input.range && (input.from || input.to));
  if (!wantsCustom) {
    if (!input.range) return { range: preset(fallback), problem: null };
    const choice = RANGE_PRESETS.find((name) => name === input.range);
    return choice ? { range: preset(choice), problem: null } : refuse("unknown");
  }
  const toDay = input.to ? parseDay(input.to) : today;
  if (!toDay) return refuse("garbled");
  const fromDay = input.from ? parseDay(input.from) : addDays(earlierDay(toDay, today), -29);
  if (!fromDay) return refuse("garbled");
  if (fromDay > today) return refuse("future");
  if (fromDay > toDay) return refuse("reversed");
  const lastDay = earlierDay(toDay, today);
  if (daysBetween(fromDay, lastDay) >= LONGEST_RANGE_DAYS) return refuse("tooLong");
  return { range: makeRange("custom", fromDay, lastDay, known), problem: null };
}

function presetDays(choice: RangePreset, today: string): [from: string, to: string] {
  switch (choice) {
    case "today":
      return [today, today];
    case "7d":
      return [addDays(today, -6), today];
    case "30d":
      return [addDays(today, -29), today];
    case "90d":
      return [addDays(today, -89), today];
    case "month":
      return [`${today.slice(0, 7)}-01`, today];
    case "last-month": {
      const last = addDays(`${today.slice(0, 7)}-01`, -1);
      return [`${last.slice(0, 7)}-01`, last];
    }
  }
}

function makeRange(choice: UsageRange["choice"], fromDay: string, toDay: string, zone: string): UsageRange {
  const days = daysBetween(fromDay, toDay) + 1;
  return {
    choice,
    zone,
    granularity: days <= 2 ? "hour" : days <= 92 ? "day" : "week",
    fromDay,
    toDay,
    from: dayStart(fromDay, zone),
    to: dayStart(addDays(toDay, 1), zone),
  };
}

/** The same number of days directly before, up to the same moment of its last day if `range` is not over yet. */
export function previousSpan(range: UsageRange, now: Date): { from: Date; to: Date } {
  const days = daysBetween(range.fromDay, range.toDay) + 1;
  const from = dayStart(addDays(range.fromDay, -days), range.zone);
  const elapsedMs = Math.min(now.getTime(), range.to.getTime()) - range.from.getTime();
  return { from, to: new Date(Math.min(from.getTime() + elapsedMs, range.from.getTime())) };
}
