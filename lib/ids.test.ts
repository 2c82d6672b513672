import { afterEach, expect, test, vi } from "vitest";
import { newId, newTimedId } from "@/lib/ids";

afterEach(() => void vi.useRealTimers());

test("ids look alike and never repeat", () => {
  const made = Array.from({ length: 20_000 }, (_, at) => (at % 2 === 0 ? newId("req") : newTimedId("req")));
  expect(new Set(made).size).toBe(made.length);
  for (const id of made) expect(id).toMatch(/^req_[0-9A-Za-z]{22}$/);
});

test("ids of calls sort by their time, to the millisecond and over the years", () => {
  vi.useFakeTimers();
  const ids: string[] = [];
  for (const at of [
    1_000_000_000_000, 1_700_000_000_000, 1_700_000_000_001, 1_700_000_000_062, 3_400_000_000_000,
  ]) {
    vi.setSystemTime(at);
    ids.push(newTimedId("req"));
  }
  // As Postgres compares in the collation C: by bytes.
  expect([...ids].sort((a, b) => (a < b ? -1 : 1))).toEqual(ids);
});
