import type { Ctx } from "@/lib/actor";
import { LONGEST_RANGE_DAYS, parseRange } from "@/lib/usage/parse-range";
import { summarizeUsage } from "@/lib/usage/summarize-usage";
import type { UsageSums } from "@/lib/usage/usage-sums";
import { addDays, dayAt } from "@/lib/usage/zone-days";

export interface CliUsage {
  timeZone: string;
  fromDay: string;
  toDay: string;
  totals: UsageSums;
  /** Oldest first, only days with calls. */
  days: ({ day: string } & UsageSums)[];
  models: ({ model: string } & UsageSums)[];
  keys: ({ id: string; name: string } & UsageSums)[];
}

/** `usage show`: the last `days` days, today included, at least 1 and at most 366. Amounts in nano-USD. */
export async function usageForCli(
  ctx: Ctx,
  input: { days: number; timeZone?: string; now?: Date },
): Promise<CliUsage> {
  const now = input.now ?? new Date();
  const timeZone = input.timeZone ?? "UTC";
  const days = Math.min(Math.max(Math.trunc(input.days) || 1, 1), LONGEST_RANGE_DAYS);
  const from = addDays(dayAt(now, timeZone), 1 - days);
  const range = { ...parseRange({ from }, timeZone, now).range, granularity: "day" as const };
  const byModel = await summarizeUsage(ctx, { range, groupBy: "model" });
  const byKey = await summarizeUsage(ctx, { range, groupBy: "key" });
  return {
    timeZone,
    fromDay: range.fromDay,
    toDay: range.toDay,
    totals: byModel.totals,
    days: byModel.slots.filter(({ sums }) => sums.calls > 0n).map(({ day, sums }) => ({ day, ...sums })),
    models: byModel.groups.map(({ id, sums }) => ({ model: id, ...sums })),
    keys: byKey.groups.map(({ id, name, sums }) => ({ id, name, ...sums })),
  };
}
