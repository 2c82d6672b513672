import { describe, expect, it } from "vitest";
import { NewConnection, UpstreamUrl } from "./connection-input";

const ok = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe("what an operator may enter of a connection", () => {
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
});
