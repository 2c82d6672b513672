import { describe, expect, it } from "vitest";
import { ModelId, NewConnection, NewModel, Price, UpstreamUrl } from "./catalog-input";

const ok = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe("what an operator may enter", () => {
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

  it("takes addresses that a call may go to, and nothing with a credential in it", () => {
    expect(UpstreamUrl.parse(" https://api.example.com/v1/ ")).toBe("https://api.example.com/v1/");
    for (const text of [
      "",
      "example.com",
      "ftp://x",
      "file:///etc/passwd",
      "https://user:pass@x",
      "javascript:alert(1)",
      "http://",
    ]) {
      expect([text, ok(UpstreamUrl, text)]).toEqual([text, false]);
    }
  });

  it("takes headers that are headers, and none of ours", () => {
    const make = (header: string) => ({
      name: "x",
      kind: "openai-compatible",
      url: "https://x",
      headers: [header],
    });
    expect(NewConnection.parse(make("X-Team : blue: sky")).headers).toEqual({ "x-team": "blue: sky" });
    for (const header of [
      "",
      "no colon",
      ": x",
      "a b: c",
      "x: \r\ny: z",
      "Host: evil",
      "Content-Length: 5",
      "x:",
    ]) {
      expect([header, ok(NewConnection, make(header))]).toEqual([header, false]);
    }
  });

  it("takes each kind's own settings only", () => {
    const make = (more: object) => ({ name: "x", url: "https://x.example", kind: "azure", ...more });
    expect(NewConnection.parse(make({ dialects: ["responses"] }))).toMatchObject({
      kind: "azure",
      baseUrl: "https://x.example/openai/v1",
      dialects: ["responses"],
      plainTimeoutMs: 600_000,
    });
    expect(NewConnection.parse(make({ kind: "openai-compatible" })).kind).toBe("openai_compatible");
    const refused: [object, string][] = [
      [{ kind: "anthropic", dialects: ["chat"] }, "dialects"],
      [{ kind: "google", dialects: ["chat"] }, "dialects"],
      [{ dialects: ["telepathy"] }, "dialects"],
      [{ kind: "bedrock" }, "kind"],
      [{ apiVersion: "2024?x=1" }, "apiVersion"],
      [{ kind: "openai-compatible", apiVersion: "2024-10-21" }, "apiVersion"],
      [{ url: "https://x.example/openai/deployments/d" }, "apiVersion"],
      [{ kind: "google", url: "https://x.example/v1beta?key=AIza" }, "url"],
      [{ plainTimeoutMs: 5 }, "plainTimeoutMs"],
    ];
    for (const [more, field] of refused) {
      const issue = NewConnection.safeParse(make(more)).error?.issues[0];
      expect([more, issue?.path[0]]).toEqual([more, field]);
    }
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
