import { StackedBars } from "@/components/charts/stacked-bars";
import type { UsageRange } from "@/lib/usage/parse-range";
import type { UsageSummary } from "@/lib/usage/summarize-usage";
import { spendSeries } from "./spend-series";

/** Spend over the slots of a range, stacked by the summary's groups. */
export function SpendChart({
  summary,
  range,
  now,
  title,
  empty,
  height = 220,
}: {
  summary: UsageSummary;
  range: UsageRange;
  now: Date;
  title: string;
  empty: string;
  height?: number;
}) {
  return (
    <StackedBars
      title={title}
      unit="usd"
      empty={empty}
      height={height}
      {...spendSeries(summary, range, now)}
    />
  );
}
