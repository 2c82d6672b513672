import { z } from "zod";

/** Whether this is a zone of the IANA database that this runtime knows, such as `Europe/Lisbon`. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const TimeZoneSchema = z.string().max(64, "tooLong").refine(isTimeZone, "unknownTimeZone");

/** What the settings offer: UTC first, then the zones by name. */
export function timeZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}
