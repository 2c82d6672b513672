import { StackedBars } from "@/components/charts/stacked-bars";
import type { UsageRange } from "@/lib/usage/parse-range";
import type { UsageSummary } from "@/lib/usage/summarize-usage";
import { slotLabel } from "./slot-label";

/** Spend over the slots of a range, stacked by the summary's groups. What cost nothing has no place in it. */
export function SpendChart({
  summary,
  range,
  now,
  title,
  empty,
  height,
}: {
  summary: UsageSummary;
  range: UsageRange;
  now: Date;
  title: string;
  empty: string;
  height?: number;
}) {
  const groups = summary.groups.filter((group) => group.sums.costNano > 0n);
  return (
    <StackedBars
      title={title}
      unit="usd"
      empty={empty}
      {...(height ? { height } : {})}
      series={groups.map(({ id, name }) => ({ key: id, name }))}
      points={summary.slots.map((slot, at) => ({
        id: slot.from.toISOString(),
        label: slotLabel(slot, range, now),
        values: Object.fromEntries(groups.map((group) => [group.id, group.bySlot[at]?.costNano ?? 0n])),
        current: slot.from <= now && now < slot.to,
      }))}
    />
  );
}
