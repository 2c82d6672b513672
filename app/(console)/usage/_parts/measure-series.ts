import {
  arrangeSeries,
  type ChartPoint,
  type ChartSeries,
  type ChartUnit,
} from "@/components/charts/chart-data";
import { REST_COLOR, type SeriesColor } from "@/components/charts/series-colors";
import type { UsageRange } from "@/lib/usage/parse-range";
import type { UsageMeasure, UsageSummary } from "@/lib/usage/summarize-usage";
import { tokensOf, type UsageSums } from "@/lib/usage/usage-sums";
import { slotLabel } from "../../_calls/slot-label";
import type { By } from "./choices";

/** What stands as a bar; latency has a chart of its own. */
export type BarMeasure = Exclude<UsageMeasure, "latency">;

export const unitOf = (measure: BarMeasure): ChartUnit => (measure === "spend" ? "usd" : "count");

/** What of some sums a measure shows. */
export function amountOf(measure: UsageMeasure, sums: UsageSums): bigint {
  switch (measure) {
    case "spend":
      return sums.costNano;
    case "tokens":
      return tokensOf(sums);
    case "errors":
      return sums.failed;
    default:
      return sums.calls;
  }
}

/** By time, tokens and calls show what they are made of. */
const KINDS = {
  tokens: [
    ["input", (sums) => sums.inputTokens],
    ["cached", (sums) => sums.cachedTokens],
    ["output", (sums) => sums.outputTokens],
    ["reasoning", (sums) => sums.reasoningTokens],
  ],
  calls: [
    ["ok", (sums) => sums.calls - sums.failed],
    ["failed", (sums) => sums.failed],
  ],
} as const satisfies Partial<Record<BarMeasure, readonly (readonly [string, (sums: UsageSums) => bigint])[]>>;

export type KindName = (typeof KINDS)["tokens" | "calls"][number][0];

/** A summary as the chart takes it: a series for each group, or by time for each kind. What is nothing has no place. */
export function measureSeries(
  summary: UsageSummary,
  { measure, by, range, now }: { measure: BarMeasure; by: By; range: UsageRange; now: Date },
  names: { kind: (name: KindName) => string; group: (id: string, name: string) => string; all: string },
): { series: ChartSeries[]; points: ChartPoint[] } {
  const point = (at: number, values: Record<string, bigint>): ChartPoint => {
    const slot = summary.slots[at];
    if (!slot) return { id: String(at), label: "", values };
    return {
      id: slot.from.toISOString(),
      label: slotLabel(slot, range, now),
      values,
      current: slot.from <= now && now < slot.to,
    };
  };
  if (by === "day") {
    const kinds: readonly (readonly [string, (sums: UsageSums) => bigint])[] =
      measure === "tokens" || measure === "calls"
        ? KINDS[measure]
        : [[measure, (sums) => amountOf(measure, sums)]];
    const used = kinds.filter(([, pick]) => pick(summary.totals) > 0n);
    return {
      series: used.map(([key]) => ({ key, name: used.length > 1 ? names.kind(key as KindName) : names.all })),
      points: summary.slots.map((slot, at) =>
        point(at, Object.fromEntries(used.map(([key, pick]) => [key, pick(slot.sums)]))),
      ),
    };
  }
  const groups = summary.groups.filter((group) => amountOf(measure, group.sums) > 0n);
  return {
    series: groups.map(({ id, name }) => ({ key: id, name: names.group(id, name) })),
    points: summary.slots.map((_, at) =>
      point(
        at,
        Object.fromEntries(
          groups.map((group) => [group.id, group.bySlot[at] ? amountOf(measure, group.bySlot[at]) : 0n]),
        ),
      ),
    ),
  };
}

/** The colour that the chart gives each series; those that it joins share one. */
export function seriesColorsOf(chart: {
  series: ChartSeries[];
  points: ChartPoint[];
}): Map<string, SeriesColor> {
  const own = new Map(
    arrangeSeries(chart.series, chart.points, "").series.map(({ key, color }) => [key, color]),
  );
  return new Map(chart.series.map(({ key }) => [key, own.get(key) ?? REST_COLOR]));
}
