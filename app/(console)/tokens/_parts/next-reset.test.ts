import { expect, it } from "vitest";
import { nextReset } from "./next-reset";

it.each([
  ["day", "2026-11-21T15:00:00Z", "2026-11-22"],
  ["day", "2026-12-31T23:59:59.999Z", "2027-01-01"],
  ["week", "2026-11-21T15:00:00Z", "2026-11-23"],
  ["week", "2026-11-22T23:59:59Z", "2026-11-23"],
  ["week", "2026-11-23T00:00:00Z", "2026-11-30"],
  ["month", "2026-11-30T23:59:59Z", "2026-12-01"],
  ["month", "2026-12-01T00:00:00Z", "2027-01-01"],
] as const)("a budget by the %s that is looked at on %s starts again on %s", (span, now, day) => {
  expect(nextReset(span, new Date(now)).toISOString()).toBe(`${day}T00:00:00.000Z`);
});
