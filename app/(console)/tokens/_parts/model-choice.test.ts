import { describe, expect, it } from "vitest";
import { coveringPattern, foundModels, makerPatterns, typedPattern } from "./model-choice";

const IDS = [
  "openai/gpt-4o",
  "openai/gpt-4o-mini",
  "anthropic/claude-x",
  "anthropic/claude-y",
  "sandbox/echo",
  "plain",
];

describe("choosing models", () => {
  it("tells a pattern from a search", () => {
    expect(typedPattern(" openai/** ")).toBe("openai/*");
    for (const text of ["", "openai", "open ai*", "a,b*", "<*>"]) expect(typedPattern(text), text).toBeNull();
    expect(foundModels("GPT", IDS)).toEqual(["openai/gpt-4o", "openai/gpt-4o-mini"]);
    expect(foundModels("*-mini", IDS)).toEqual(["openai/gpt-4o-mini"]);
    expect(foundModels("", IDS)).toHaveLength(IDS.length);
  });

  it("knows which pattern allows a model already", () => {
    const entries = ["sandbox/echo", "openai/*"];
    expect(coveringPattern(entries, "openai/gpt-4o")).toBe("openai/*");
    expect(coveringPattern(entries, "sandbox/echo")).toBeNull();
  });

  it("offers makers with several models", () => {
    expect(makerPatterns(IDS, 5)).toEqual(["anthropic/*", "openai/*"]);
    expect(makerPatterns(IDS, 1)).toEqual(["anthropic/*"]);
    expect(makerPatterns(["plain", "/odd", "/odd2"], 5)).toEqual([]);
  });
});
