import { addDays, dayAt, dayStart } from "@/lib/usage/zone-days";

/** The first instants of the days of a zone, from the day that holds `from` to `end`, which is one of them. */
export function dayBounds(from: Date, end: Date, zone: string): Date[] {
  const bounds: Date[] = [];
  for (let day = dayAt(from, zone); ; day = addDays(day, 1)) {
    const start = dayStart(day, zone);
    // Where a zone left out a whole day, that day begins when the next one does.
    const last = bounds.at(-1);
    if (!last || start > last) bounds.push(start);
    if (start >= end) return bounds;
  }
}
