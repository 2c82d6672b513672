import type { SeriesColor } from "@/components/charts/series-colors";
import type { UsageRange } from "@/lib/usage/parse-range";
import { REST_GROUP, type UsageGroupBy, type UsageSummary } from "@/lib/usage/summarize-usage";
import type { Speed, UsageSums } from "@/lib/usage/usage-sums";
import { dayAt } from "@/lib/usage/zone-days";
import { type PageQuery, queryHref } from "../../_calls/query-href";
import { dayLabel, slotLabel } from "../../_calls/slot-label";

/** One line of the breakdown: a model, a key, or a stretch of time. */
export interface Line {
  id: string;
  name: string;
  note?: string;
  color?: SeriesColor;
  sums: UsageSums;
  speed: Speed;
  /** The page narrowed down to this line; as it is for the line of all that are too many. */
  href: string;
}

/** In the order of the summary, in the colours of the chart. */
export function groupLines(
  summary: UsageSummary,
  by: UsageGroupBy,
  query: PageQuery,
  nameOf: (id: string, name: string) => string,
  colors: ReadonlyMap<string, SeriesColor>,
): Line[] {
  return summary.groups.map(({ id, name, sums, speed }) => {
    const color = colors.get(id);
    return {
      id,
      name: nameOf(id, name),
      sums,
      speed,
      href: queryHref("/usage", query, id === REST_GROUP ? {} : { [by]: id, all: null }),
      ...(color ? { color } : {}),
    };
  });
}

/** Newest first; hours and days to come are left out. */
export function timeLines(
  summary: UsageSummary,
  range: UsageRange,
  now: Date,
  query: PageQuery,
  soFar: string,
): Line[] {
  const past = summary.slots.filter((slot) => slot.from <= now);
  return past.reverse().map((slot) => {
    const end = dayAt(new Date(slot.to.getTime() - 1), range.zone);
    return {
      id: slot.from.toISOString(),
      name: range.granularity === "week" ? dayLabel(slot.day, now) : slotLabel(slot, range, now),
      ...(now < slot.to ? { note: soFar } : {}),
      sums: slot.sums,
      speed: slot.speed,
      href: queryHref("/usage", query, { range: "custom", from: slot.day, to: end, all: null }),
    };
  });
}
