import { arrangeSeries, type ChartPoint, type ChartSeries } from "@/components/charts/chart-data";
import { REST_COLOR, type SeriesColor } from "@/components/charts/series-colors";
import type { UsageRange } from "@/lib/usage/parse-range";
import type { UsageSummary } from "@/lib/usage/summarize-usage";
import { slotLabel } from "./slot-label";

/** A summary as the chart of spend takes it. What cost nothing has no place in it. */
export function spendSeries(
  summary: UsageSummary,
  range: UsageRange,
  now: Date,
): { series: ChartSeries[]; points: ChartPoint[] } {
  const groups = summary.groups.filter((group) => group.sums.costNano > 0n);
  return {
    series: groups.map(({ id, name }) => ({ key: id, name })),
    points: summary.slots.map((slot, at) => ({
      id: slot.from.toISOString(),
      label: slotLabel(slot, range, now),
      values: Object.fromEntries(groups.map((group) => [group.id, group.bySlot[at]?.costNano ?? 0n])),
      current: slot.from <= now && now < slot.to,
    })),
  };
}

/** The colour that the chart gives each group; those that it joins share one. */
export function spendColors(summary: UsageSummary, range: UsageRange, now: Date): Map<string, SeriesColor> {
  const { series, points } = spendSeries(summary, range, now);
  const own = new Map(arrangeSeries(series, points, "").series.map(({ key, color }) => [key, color]));
  return new Map(series.map(({ key }) => [key, own.get(key) ?? REST_COLOR]));
}
