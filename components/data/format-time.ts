export interface TimeWords {
  justNow: string;
  ago: (span: string) => string;
  ahead: (span: string) => string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "2 min ago" and "in 3 h" within a day, "in 12 d" up to a month ahead, else the date in the given zone. */
export function formatRelative(at: Date, now: Date, zone: string, locale: string, words: TimeWords): string {
  const aheadMs = at.getTime() - now.getTime();
  const spanMs = Math.abs(aheadMs);
  if (spanMs < 45_000) return words.justNow;
  const phrase = aheadMs > 0 ? words.ahead : words.ago;
  if (spanMs < HOUR) return phrase(`${Math.max(1, Math.round(spanMs / MINUTE))} min`);
  if (spanMs < DAY) return phrase(`${Math.round(spanMs / HOUR)} h`);
  if (aheadMs > 0 && spanMs < 31 * DAY) return phrase(`${Math.round(spanMs / DAY)} d`);
  return formatDate(at, now, zone, locale);
}

/** "21 Nov", with the year when it is not this one. */
export function formatDate(at: Date, now: Date, zone: string, locale: string): string {
  const sameYear = yearIn(at, zone) === yearIn(now, zone);
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
    timeZone: zone,
  }).format(at);
}

/** "21 Nov 2026, 14:03:22 UTC": for hovering and for reading aloud. */
export function formatExact(at: Date, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZone: zone,
    timeZoneName: "short",
  }).format(at);
}

function yearIn(at: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { year: "numeric", timeZone: zone }).format(at);
}
