import type { KeyView } from "@/lib/keys/types";

/** A budget and how far it is used. Amounts in nano-USD; `share` from 0 to 1 or more, for drawing. */
export interface Gauge {
  span: "day" | "week" | "month" | "total";
  spentNano: bigint;
  heldNano: bigint;
  limitNano: bigint;
  share: number;
  endsAt: Date | null;
}

/** The budgets of a key: of its period first, then in total. */
export function keyGauges({ limits, meter }: Pick<KeyView, "limits" | "meter">): Gauge[] {
  const gauges: Gauge[] = [];
  const add = (
    span: Gauge["span"],
    spentNano: bigint,
    heldNano: bigint,
    limitNano: bigint,
    endsAt: Date | null,
  ) =>
    gauges.push({
      span,
      spentNano,
      heldNano,
      limitNano,
      endsAt,
      share: share(spentNano + heldNano, limitNano),
    });
  if (limits.period && limits.periodBudgetNano !== null) {
    const { periodSpentNano, periodHeldNano, periodEndsAt } = meter;
    add(limits.period, periodSpentNano, periodHeldNano, limits.periodBudgetNano, periodEndsAt);
  }
  if (limits.totalBudgetNano !== null) {
    add("total", meter.totalSpentNano, meter.totalHeldNano, limits.totalBudgetNano, null);
  }
  return gauges;
}

/** A width on the screen, not an amount: thousandths are enough. */
function share(usedNano: bigint, limitNano: bigint): number {
  return limitNano > 0n ? Number((usedNano * 1_000n) / limitNano) / 1_000 : 1;
}
