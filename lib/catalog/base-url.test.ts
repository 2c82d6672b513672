import { describe, expect, it } from "vitest";
import { readBaseUrl } from "./base-url";

const kept = (kind: Parameters<typeof readBaseUrl>[0], url: string) => {
  const read = readBaseUrl(kind, url, null);
  return read.ok ? read.baseUrl : read.message;
};

describe("an address as people paste it", () => {
  it("is OpenAI's with /v1, with its endpoint or bare", () => {
    const same = "https://api.openai.com/v1";
    for (const url of ["", "/", "/v1", "/v1/", "/v1/chat/completions", "/v1/responses", "/v1/models"])
      expect([url, kept("openai_compatible", `https://api.openai.com${url}`)]).toEqual([url, same]);
    expect(kept("openai_compatible", "http://localhost:11434")).toBe("http://localhost:11434/v1");
    expect(kept("openai_compatible", "https://openrouter.ai/")).toBe("https://openrouter.ai/api/v1");
    expect(kept("openai_compatible", "https://x.example/openai?a=1#b")).toBe("https://x.example/openai?a=1");
  });

  it("is taken literally with its endpoint, for servers without /v1", () => {
    expect(kept("openai_compatible", "http://tgi.example/chat/completions")).toBe("http://tgi.example");
    expect(kept("openai_compatible", "https://api.perplexity.ai")).toBe("https://api.perplexity.ai");
  });

  it("is Anthropic's without /v1", () => {
    for (const url of ["", "/v1", "/v1/messages", "/v1/messages/count_tokens"])
      expect(kept("anthropic", `https://api.anthropic.com${url}`)).toBe("https://api.anthropic.com");
    expect(kept("anthropic", "https://proxy.example/claude/v1/")).toBe("https://proxy.example/claude");
  });

  it("is Google's with or without its version, model or OpenAI path", () => {
    const host = "https://generativelanguage.googleapis.com";
    expect(kept("google", host)).toBe(host);
    for (const url of [
      "/v1beta",
      "/v1beta/openai/",
      "/v1beta/models/gemini-x:generateContent",
      "/v1beta/models",
    ])
      expect([url, kept("google", `${host}${url}`)]).toEqual([url, `${host}/v1beta`]);
  });

  it("holds no credential, in any field of its query", () => {
    for (const field of [
      "key",
      "api_key",
      "api-key",
      "apikey",
      "access_token",
      "token",
      "subscription-key",
      "code",
      "sig",
    ])
      expect([field, kept("google", `https://x.example/v1?a=1&${field}=AIza`)]).toEqual([field, "urlSecret"]);
  });

  it("has an api-version only for Azure", () => {
    expect(readBaseUrl("anthropic", "https://x.example", "2024-10-21")).toMatchObject({
      message: "apiVersionUnused",
    });
  });
});
