/** Calendar days in a person's time zone. A day is ISO text, `2026-11-21`; an instant is a Date. */

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function wallFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/** The zone itself if this machine knows it, else UTC. */
export function knownZone(zone: string | null | undefined): string {
  return zone && sameZone(zone) ? zone : "UTC";
}

const same = new Map<string, string | null>();
const MOST_NAMES = 2_000;

/** One name for all names and spellings of a zone; null for a zone that this machine does not know. */
export function sameZone(zone: string): string | null {
  let name = same.get(zone);
  if (name === undefined) {
    try {
      name = new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      name = null;
    }
    if (same.size >= MOST_NAMES) same.clear();
    same.set(zone, name);
  }
  return name;
}

/** What a clock on the wall in `zone` shows, as if it were UTC, in milliseconds. */
function wallMs(instant: Date, zone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of wallFormat(zone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Minutes east of UTC at that instant. */
export function zoneOffsetMinutes(instant: Date, zone: string): number {
  return Math.round((wallMs(instant, zone) - Math.floor(instant.getTime() / 1000) * 1000) / 60_000);
}

/** The day on the calendar at that instant in that zone. */
export function dayAt(instant: Date, zone: string): string {
  return new Date(wallMs(instant, zone)).toISOString().slice(0, 10);
}

/** `2026-11-21` if the text is a real day between 1970 and 9999, else null. */
export function parseDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return ms >= 0 && new Date(ms).toISOString().slice(0, 10) === text ? text : null;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from the first to the second; negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

export function earlierDay(a: string, b: string): string {
  return [a, b].sort()[0] ?? a;
}

/** Monday of the day's week. */
export function weekStart(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/**
 * The first instant of a day in a zone: midnight, the earlier one where the clock shows midnight twice, and the
 * end of the gap where it jumps over midnight.
 */
export function dayStart(day: string, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const before = zoneOffsetMinutes(new Date(midnight - 15 * 3_600_000), zone) * 60_000;
  const after = zoneOffsetMinutes(new Date(midnight + 15 * 3_600_000), zone) * 60_000;
  const candidates = [midnight - before, midnight - after].sort((a, b) => a - b);
  const found = candidates.find((ms) => wallMs(new Date(ms), zone) === midnight);
  return new Date(found ?? midnight - before);
}
