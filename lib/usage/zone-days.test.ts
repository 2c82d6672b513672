import { describe, expect, it } from "vitest";
import {
  addDays,
  dayAt,
  dayStart,
  daysBetween,
  knownZone,
  parseDay,
  weekStart,
  zoneOffsetMinutes,
} from "@/lib/usage/zone-days";

describe("days", () => {
  it("are real days or nothing", () => {
    expect(parseDay("2024-02-29")).toBe("2024-02-29");
    for (const text of [
      "2026-02-29",
      "2026-13-01",
      "2026-2-1",
      "yesterday",
      "",
      "1969-12-31",
      "02026-01-01",
    ]) {
      expect(parseDay(text), text).toBeNull();
    }
  });

  it("add, subtract and count across months, years and leap days", () => {
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
    expect(daysBetween("2026-03-30", "2026-03-28")).toBe(-2);
  });

  it("know their Monday", () => {
    expect(weekStart("2026-11-21")).toBe("2026-11-16");
    expect(weekStart("2026-11-16")).toBe("2026-11-16");
    expect(weekStart("2026-11-22")).toBe("2026-11-16");
  });

  it("fall back to UTC for a zone that nobody knows", () => {
    expect(knownZone("Europe/Berlin")).toBe("Europe/Berlin");
    expect(knownZone("Mars/Olympus")).toBe("UTC");
    expect(knownZone(null)).toBe("UTC");
  });
});

describe("the first instant of a day", () => {
  const starts = (day: string, zone: string) => dayStart(day, zone).toISOString();

  it("is midnight, winter and summer", () => {
    expect(starts("2026-11-21", "UTC")).toBe("2026-11-21T00:00:00.000Z");
    expect(starts("2026-01-15", "Europe/Berlin")).toBe("2026-01-14T23:00:00.000Z");
    expect(starts("2026-07-15", "Europe/Berlin")).toBe("2026-07-14T22:00:00.000Z");
    expect(starts("2026-01-15", "Asia/Kathmandu")).toBe("2026-01-14T18:15:00.000Z");
    expect(starts("2026-01-15", "Pacific/Kiritimati")).toBe("2026-01-14T10:00:00.000Z");
    expect(starts("2026-01-15", "Pacific/Pago_Pago")).toBe("2026-01-15T11:00:00.000Z");
  });

  it("gives days of 23 and 25 hours where the clocks change", () => {
    const hours = (day: string, zone: string) =>
      (dayStart(addDays(day, 1), zone).getTime() - dayStart(day, zone).getTime()) / 3_600_000;
    expect(hours("2026-03-29", "Europe/Berlin")).toBe(23);
    expect(hours("2026-10-25", "Europe/Berlin")).toBe(25);
    expect(hours("2026-03-08", "America/New_York")).toBe(23);
    expect(hours("2026-11-01", "America/New_York")).toBe(25);
    expect(hours("2026-10-04", "Australia/Lord_Howe")).toBe(23.5);
  });

  it("is the end of the gap where the clock jumps over midnight", () => {
    expect(starts("2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z");
    expect(dayAt(dayStart("2018-11-04", "America/Sao_Paulo"), "America/Sao_Paulo")).toBe("2018-11-04");
  });

  it("is the day's own midnight where the evening before is repeated, and the first where midnight is", () => {
    expect(starts("2018-02-18", "America/Sao_Paulo")).toBe("2018-02-18T03:00:00.000Z");
    expect(starts("2026-11-01", "America/Havana")).toBe("2026-11-01T04:00:00.000Z");
  });

  it("is on its day, and the instant before is not, on every day of a year in many zones", () => {
    const zones = [
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "America/St_Johns",
      "Asia/Beirut",
      "Africa/Cairo",
      "Pacific/Chatham",
    ];
    for (const zone of zones) {
      for (let day = "2026-01-01"; day < "2027-01-01"; day = addDays(day, 1)) {
        const start = dayStart(day, zone);
        expect(dayAt(start, zone), `${zone} ${day}`).toBe(day);
        expect(dayAt(new Date(start.getTime() - 1), zone), `${zone} before ${day}`).toBe(addDays(day, -1));
        expect(start.getTime() % 900_000, `${zone} ${day} on a quarter of an hour`).toBe(0);
      }
    }
  });

  it("knows the offset", () => {
    expect(zoneOffsetMinutes(new Date("2026-07-01T00:00:00Z"), "Europe/Berlin")).toBe(120);
    expect(zoneOffsetMinutes(new Date("2026-07-01T00:00:00.999Z"), "America/New_York")).toBe(-240);
  });
});
