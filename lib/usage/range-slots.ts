import type { UsageRange } from "@/lib/usage/parse-range";
import { addDays, dayStart, weekStart } from "@/lib/usage/zone-days";

const HOUR_MS = 3_600_000;

/** One bar of a chart, one line of a table. */
export interface Slot {
  /** First instant, included, and last one, excluded. */
  from: Date;
  to: Date;
  /** The day it starts on, in the range's zone. */
  day: string;
}

/**
 * Cuts a range into its hours, days or weeks (from Monday). A day of 23 or 25 hours is one slot, and has 23 or
 * 25 hours. Every boundary falls on a quarter of an hour, as every zone's offset does.
 */
export function rangeSlots(range: UsageRange): Slot[] {
  const slots: Slot[] = [];
  for (let day = range.fromDay; day <= range.toDay; ) {
    const next = range.granularity === "week" ? addDays(weekStart(day), 7) : addDays(day, 1);
    const from = dayStart(day, range.zone);
    const to = new Date(Math.min(dayStart(next, range.zone).getTime(), range.to.getTime()));
    if (range.granularity === "hour") {
      for (let ms = from.getTime(); ms < to.getTime(); ms += HOUR_MS) {
        slots.push({ from: new Date(ms), to: new Date(Math.min(ms + HOUR_MS, to.getTime())), day });
      }
    } else {
      slots.push({ from, to, day });
    }
    day = next;
  }
  return slots;
}
