import { describe, expect, it } from "vitest";
import { type KeyPlace, parsePlace, writePlace } from "./key-place";

const place: KeyPlace = { side: "after", value: "ключ 🔑", keyId: `key_${"a".repeat(22)}`, skipped: 50 };

describe("a place in the list", () => {
  it("is read as it was written", () => {
    expect(parsePlace(writePlace(place))).toEqual(place);
    expect(writePlace(place)).toMatch(/^[\w-]+$/);
  });

  it("is null when it makes no sense", () => {
    const wrong = [
      { ...place, side: "beside" as "after" },
      { ...place, keyId: "key_1' OR 1=1" },
      { ...place, value: "a\0b" },
      { ...place, value: "x".repeat(2_000) },
      { ...place, skipped: -1 },
      { ...place, skipped: 0.5 },
    ];
    for (const each of wrong) expect(parsePlace(writePlace(each)), JSON.stringify(each)).toBeNull();
    for (const text of ["", "[]", "bm90IGpzb24", "W10", "%00", "x".repeat(5_000)]) {
      expect(parsePlace(text), text.slice(0, 20)).toBeNull();
    }
  });
});
