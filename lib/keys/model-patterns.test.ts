import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allowsModel,
  isModelPattern,
  ModelAllowList,
  matchesModel,
  normalPattern,
} from "@/lib/keys/model-patterns";

describe("an entry of an allow-list", () => {
  it.each([
    ["openai/gpt-4o", "openai/gpt-4o", true],
    ["openai/gpt-4o", "openai/gpt-4o-mini", false],
    ["openai/gpt-4o", "OpenAI/gpt-4o", false],
    ["openai/*", "openai/gpt-4o", true],
    ["openai/*", "openai/", true],
    ["openai/*", "azure/openai/x", false],
    ["*mini*", "openai/gpt-4o-mini", true],
    ["*mini*", "mini", true],
    ["*mini*", "openai/gpt-4o", false],
    ["*:free", "meta/llama:free", true],
    ["*:free", "meta/llama:freer", false],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["a*b*c", "a1b2c", true],
    ["a*bc*c", "abc", false],
    ["*", "anything/at-all", true],
    ["gpt-4.1", "gpt-4x1", false],
  ])("%s and %s: %s", (entry, id, expected) => {
    expect(matchesModel(entry, id)).toBe(expected);
  });

  it("means what the same glob means as a regular expression", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "/", "*"), maxLength: 8 });
    const ids = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 10 });
    fc.assert(
      fc.property(letters, ids, (entry, id) => {
        const whole = new RegExp(`^${entry.replaceAll("*", ".*")}$`);
        expect(matchesModel(entry, id)).toBe(whole.test(id));
        expect(matchesModel(normalPattern(entry), id)).toBe(whole.test(id));
      }),
    );
  });

  it("stays quick where a regular expression would not", () => {
    const entry = `${"*a".repeat(99)}*b`;
    const before = process.cpuUsage();
    for (let i = 0; i < 1_000; i++) expect(matchesModel(entry, "a".repeat(200))).toBe(false);
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });

  it.each(["openai/*", "*mini*", "a", "meta-llama/llama-3:free", "x@y+z_1.2"])("may be %s", (entry) => {
    expect(isModelPattern(entry)).toBe(true);
  });

  it.each(["", "a b", "a,b", "<b>", "a\0", "ä", "?", "[ab]", "a".repeat(201)])("may not be %j", (entry) => {
    expect(isModelPattern(entry)).toBe(false);
  });
});

describe("an allow-list", () => {
  it("allows what any entry allows, and everything when it is empty", () => {
    expect(allowsModel([], "x")).toBe(true);
    expect(allowsModel(["a", "b/*"], "b/1")).toBe(true);
    expect(allowsModel(["a", "b/*"], "c")).toBe(false);
  });

  it("answers alike when it is asked often, and lists its entries", () => {
    const list = new ModelAllowList(["a", "b/*"]);
    expect([list.has("a"), list.has("b/1"), list.has("b/*"), list.has("ab")]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect([...list]).toEqual(["a", "b/*"]);
  });
});
