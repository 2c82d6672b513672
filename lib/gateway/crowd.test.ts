import { expect, test } from "vitest";
import { Crowd, type Placed } from "@/lib/gateway/crowd";

const member = (name: string) => ({ name, place: -1 });
const names = (crowd: Crowd<Placed & { name: string }>) => {
  const seen: string[] = [];
  crowd.each((one) => seen.push(one.name));
  return seen.sort();
};

test("members come and go, once each", () => {
  const crowd = new Crowd<Placed & { name: string }>();
  const [a, b, c] = [member("a"), member("b"), member("c")];
  for (const one of [a, b, c, a]) crowd.add(one);
  expect(names(crowd)).toEqual(["a", "b", "c"]);
  expect([crowd.delete(a), crowd.delete(a), crowd.size]).toEqual([true, false, 2]);
  expect(names(crowd)).toEqual(["b", "c"]);
  expect([crowd.delete(c), crowd.delete(b), crowd.size]).toEqual([true, true, 0]);
  crowd.add(a);
  expect(names(crowd)).toEqual(["a"]);
});

test("a visit may take out anyone, and everyone who stays is visited", () => {
  const crowd = new Crowd<Placed & { name: string }>();
  const all = Array.from({ length: 20 }, (_, at) => member(String(at)));
  for (const one of all) crowd.add(one);
  const visited = new Set<string>();
  crowd.each((one) => {
    visited.add(one.name);
    crowd.delete(one);
    const other = all[(Number(one.name) * 7) % 20];
    if (other && Number(one.name) % 3 === 0) crowd.delete(other);
  });
  for (const one of all) if (one.place >= 0) expect(visited).toContain(one.name);
  expect(crowd.size).toBe(0);
});

test("any sequence of adding and deleting leaves what a Set would hold", () => {
  const crowd = new Crowd<Placed & { name: string }>();
  const set = new Set<string>();
  const all = Array.from({ length: 12 }, (_, at) => member(String(at)));
  for (let turn = 0; turn < 2_000; turn++) {
    const one = all[(turn * 31 + (turn >> 3)) % all.length];
    if (!one) continue;
    if (turn % 5 < 3) {
      crowd.add(one);
      set.add(one.name);
    } else {
      expect(crowd.delete(one)).toBe(set.delete(one.name));
    }
    expect(names(crowd)).toEqual([...set].sort());
  }
});
