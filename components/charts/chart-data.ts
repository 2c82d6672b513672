import { formatTokens } from "@/components/data/format-tokens";
import { formatUsd } from "@/lib/money";
import { REST_COLOR, type SeriesColor, seriesColors } from "./series-colors";

/** What the values are: nano-USD, or plain counts (calls, tokens). Always bigint. */
export type ChartUnit = "usd" | "count";

export interface ChartSeries {
  key: string;
  name: string;
}

export interface ChartPoint {
  id: string;
  label: string;
  values: Readonly<Record<string, bigint>>;
  /** The period that still runs: drawn hatched. */
  current?: boolean;
}

export interface ColoredSeries extends ChartSeries {
  color: SeriesColor;
  total: bigint;
}

export const REST_KEY = "\u0000rest";
const MOST = 8;

export function formatValue(value: bigint, unit: ChartUnit): string {
  return unit === "usd" ? formatUsd(value) : formatTokens(value);
}

/** The names on an axis: amounts of money all with the same number of decimals, so that their points line up. */
export function formatTicks(ticks: readonly bigint[], unit: ChartUnit): string[] {
  const names = ticks.map((tick) => formatValue(tick, unit));
  if (unit !== "usd") return names;
  const decimals = Math.max(0, ...names.map((name) => name.split(".")[1]?.length ?? 0));
  return names.map((name, index) =>
    ticks[index] === 0n ? name : name + "0".repeat(decimals - (name.split(".")[1]?.length ?? 0)),
  );
}

/** At most eight series, largest first; past that the small ones join one called `restName`. */
export function arrangeSeries(
  series: readonly ChartSeries[],
  points: readonly ChartPoint[],
  restName: string,
): { series: ColoredSeries[]; points: readonly ChartPoint[] } {
  const colors = seriesColors(series.map(({ key }) => key));
  const totals = series
    .map(({ key, name }) => ({ key, name, color: colors.get(key) ?? REST_COLOR, total: sum(points, key) }))
    .sort((a, b) => (a.total === b.total ? (a.name < b.name ? -1 : 1) : a.total < b.total ? 1 : -1));
  if (totals.length <= MOST) return { series: totals, points };
  const kept = totals.slice(0, MOST - 1);
  const rest = totals.slice(MOST - 1);
  const keptColors = seriesColors(kept.map(({ key }) => key));
  const merged = points.map((point) => ({
    ...point,
    values: {
      ...point.values,
      [REST_KEY]: rest.reduce((all, { key }) => all + (point.values[key] ?? 0n), 0n),
    },
  }));
  return {
    series: [
      ...kept.map((one) => ({ ...one, color: keptColors.get(one.key) ?? REST_COLOR })),
      { key: REST_KEY, name: restName, color: REST_COLOR, total: sum(merged, REST_KEY) },
    ],
    points: merged,
  };
}

export function pointTotal(point: ChartPoint, series: readonly ChartSeries[]): bigint {
  return series.reduce((all, { key }) => all + (point.values[key] ?? 0n), 0n);
}

export function largest(values: readonly bigint[]): bigint {
  let most = 0n;
  for (const value of values) if (value > most) most = value;
  return most;
}

function sum(points: readonly ChartPoint[], key: string): bigint {
  return points.reduce((all, point) => all + (point.values[key] ?? 0n), 0n);
}
