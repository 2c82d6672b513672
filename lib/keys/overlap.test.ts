import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endsAfterRotation, MAX_OVERLAP_SECONDS, parseOverlap } from "./overlap";

const at = new Date("2030-01-01T12:00:00Z");
const inSeconds = (seconds: number) => new Date(at.getTime() + seconds * 1_000);

describe("an overlap as text", () => {
  it("is a number with a unit, at most 30 days", () => {
    expect(["0", "none", "1h", "24h", "7d", "90s", "15m", "3600", " 30D "].map(parseOverlap)).toEqual([
      0, 0, 3_600, 86_400, 604_800, 90, 900, 3_600, 2_592_000,
    ]);
    for (const text of ["", "-1h", "31d", "1w", "1.5h", "h", "1h30m", "99999999", "∞"]) {
      expect(parseOverlap(text), text).toBeNull();
    }
  });
});

describe("the ends after a rotation", () => {
  it("are the overlap for the current secret and now for one that was being replaced", () => {
    const secrets = [
      { id: "current", endsAt: null },
      { id: "replaced", endsAt: inSeconds(500) },
      { id: "ended", endsAt: inSeconds(-1) },
    ];
    expect(endsAfterRotation(secrets, at, 3_600)).toEqual([
      { id: "current", endsAt: inSeconds(3_600) },
      { id: "replaced", endsAt: at },
    ]);
    expect(endsAfterRotation(secrets, at, 0)).toEqual([
      { id: "current", endsAt: at },
      { id: "replaced", endsAt: at },
    ]);
  });

  it("never give a secret longer than it had, and never leave two of the old", () => {
    const secret = fc.record({
      id: fc.uuid(),
      endsAt: fc.option(fc.integer({ min: -10_000, max: 3_000_000 }).map(inSeconds), { nil: null }),
    });
    fc.assert(
      fc.property(
        fc.array(secret, { maxLength: 6 }),
        fc.integer({ min: 0, max: MAX_OVERLAP_SECONDS }),
        (secrets, overlap) => {
          const ends = endsAfterRotation(secrets, at, overlap);
          expect(ends.filter(({ endsAt }) => endsAt > at).length).toBeLessThanOrEqual(1);
          for (const { id, endsAt } of ends) {
            const own = secrets.find((one) => one.id === id)?.endsAt;
            if (own) expect(endsAt.getTime()).toBeLessThanOrEqual(own.getTime());
            expect(endsAt.getTime()).toBeLessThanOrEqual(at.getTime() + overlap * 1_000);
            expect(endsAt.getTime()).toBeGreaterThanOrEqual(at.getTime());
          }
          const living = secrets.filter(({ endsAt }) => endsAt === null || endsAt > at);
          expect(ends.map(({ id }) => id).sort()).toEqual(living.map(({ id }) => id).sort());
        },
      ),
    );
  });
});
