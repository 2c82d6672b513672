import type { UsageRange } from "@/lib/usage/parse-range";
import type { Slot } from "@/lib/usage/range-slots";

/** "14:00" for an hour of one day, "21 Nov 14:00" for one of two; "21 Nov" for a day or a week, with a year not now's. */
export function slotLabel(slot: Slot, range: UsageRange, now: Date): string {
  const day = dayLabel(slot.day, now);
  if (range.granularity !== "hour") return day;
  const hour = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: range.zone,
  }).format(slot.from);
  return range.fromDay === range.toDay ? hour : `${day} ${hour}`;
}

/** "21 Nov" of `2026-11-21`, or "21 Nov 2025". */
export function dayLabel(day: string, now: Date): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    ...(day.slice(0, 4) === now.toISOString().slice(0, 4) ? {} : { year: "numeric" }),
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));
}
