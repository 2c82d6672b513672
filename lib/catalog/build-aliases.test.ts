import { expect, it } from "vitest";
import { followAliases } from "./build-aliases";

const named = (aliases: Record<string, string[]>) => new Map(Object.entries(aliases));

it("follows aliases to their models, each once, in order", () => {
  const aliases = named({ a: ["m1", "b", "m2"], b: ["m3", "m1", "c"], c: [] });
  expect(followAliases("a", aliases)).toEqual(["m1", "m3", "m2"]);
  expect(followAliases("m9", aliases)).toEqual(["m9"]);
  expect(followAliases("c", aliases)).toEqual([]);
});

it("names a loop of any length, and none where two ways lead to one model", () => {
  expect(followAliases("a", named({ a: ["a"] }))).toBeNull();
  expect(followAliases("a", named({ a: ["b"], b: ["c"], c: ["m", "a"] }))).toBeNull();
  expect(followAliases("x", named({ x: ["a"], a: ["b"], b: ["a"] }))).toBeNull();
  expect(followAliases("a", named({ a: ["b", "c"], b: ["d"], c: ["d"], d: ["m"] }))).toEqual(["m"]);
});
