import { describe, expect, it } from "vitest";
import { ModelId, NewModel, Price } from "./model-input";

const ok = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe("what an operator may enter of a model", () => {
  it("takes model ids that no client's list breaks on", () => {
    for (const id of ["gpt-4o", "openai/gpt-4o:free", "claude-3.5@20241022", "a+b_c"])
      expect([id, ok(ModelId, id)]).toEqual([id, true]);
    for (const id of ["", "a,b", "a=b", "a<b", "a->b", "a b", "ä", "a\nb", "x".repeat(201)])
      expect([id, ok(ModelId, id)]).toEqual([id, false]);
  });

  it("takes prices exactly and nothing else", () => {
    expect(Price.parse("0.0375")).toBe(37_500n);
    expect(Price.parse("0")).toBe(0n);
    for (const text of ["", "-1", "1e3", "0.0000001", "10001", "free", "1,5"])
      expect([text, ok(Price, text)]).toEqual([text, false]);
  });

  it("takes no answer that is longer than the context", () => {
    const model = {
      id: "m",
      connection: "c",
      upstreamId: "m",
      inputUsdPerMillion: "1",
      outputUsdPerMillion: "1",
      contextTokens: 100,
    };
    expect(ok(NewModel, model)).toBe(true);
    expect(ok(NewModel, { ...model, maxOutputTokens: 101 })).toBe(false);
    expect(ok(NewModel, { ...model, contextTokens: 0 })).toBe(false);
    expect(ok(NewModel, { ...model, contextTokens: 1.5 })).toBe(false);
  });
});
