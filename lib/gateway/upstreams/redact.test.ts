import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, upstreamMessage } from "./redact";

describe("an upstream's wording", () => {
  it("keeps what clients match on", () => {
    for (const text of [
      "messages.1.role: Input should be 'user' or 'assistant'",
      "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      "Unknown field api_version_name in the body",
    ]) {
      expect(redact(text)).toBe(text);
    }
  });

  it("loses keys, addresses and anything that looks like them", () => {
    const text =
      "Incorrect API key provided: sk-proj-abcdef123456. See https://platform.openai.com/x?k=1 or ask 10.0.0.7:8080, " +
      "org-AbCdEf123456, Bearer abc.def-ghi AIzaSyA1234567890abcdefg";
    const clean = redact(text);
    expect(clean).not.toMatch(/sk-proj|openai\.com|10\.0\.0\.7|org-Ab|abc\.def|AIza/);
    expect(clean).toContain("Incorrect API key provided: [removed]");
  });

  it("never carries the connection's own secret, wherever it stands", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), fc.string(), fc.string(), (secret, before, after) => {
        const clean = redact(before + secret + after, [secret]);
        return !clean.includes(secret) || "[removed]".includes(secret) || "[address]".includes(secret);
      }),
    );
  });

  it("is found in the usual shapes of error bodies", () => {
    const same = { message: "wrong", param: null };
    expect(upstreamMessage('{"error":{"message":"wrong","param":"n"}}')).toEqual({
      message: "wrong",
      param: "n",
    });
    expect(upstreamMessage('{"error":"wrong"}')).toEqual(same);
    expect(upstreamMessage('{"object":"error","message":"wrong"}')).toEqual(same);
    expect(upstreamMessage('{"detail":"wrong"}')).toEqual(same);
    expect(upstreamMessage('[{"error":{"message":"wrong"}}]')).toEqual(same);
    for (const body of ["", "<html>", "null", "5", "{}", '{"error":{"message":5}}'])
      expect(upstreamMessage(body)).toBeNull();
  });
});
