import { describe, expect, it } from "vitest";
import { aRoute } from "@/lib/gateway/routing/test-route";
import { errorBodyFailure, failureError, isRetryable, type UpstreamFailure } from "./upstream-failure";

const status = (code: number, body: string): UpstreamFailure => ({
  failed: true,
  kind: "status",
  status: code,
  body,
});

describe("a failed try", () => {
  it("passes on the wording of a refused request, without secrets, and nothing else", () => {
    const body =
      '{"error":{"message":"bad for sk-upstreamsecret1 at https://up.example/v1","param":"messages"}}';
    expect(failureError(status(400, body), aRoute("a"))).toMatchObject({
      code: "invalid_request_error",
      message: "bad for [removed] at [address]",
      param: "messages",
    });
    expect(failureError(status(422, "<html>"), aRoute("a")).message).toBe(
      "The provider refused the request as invalid.",
    );
    for (const code of [401, 402, 403, 404, 405, 409, 418, 429, 500, 503, 529]) {
      const told = failureError(status(code, body), aRoute("a"));
      expect([code, told.code, told.status]).toEqual([code, "upstream_unavailable", 503]);
      expect(told.message).not.toContain("bad for");
    }
    expect(failureError(status(413, body), aRoute("a")).message).not.toContain("bad for");
    expect(failureError({ failed: true, kind: "timeout" }, null).code).toBe("upstream_timeout");
  });

  it("names a prompt that is too long for what it is, in the provider's words", () => {
    const bodies = [
      '{"error":{"message":"This model\'s maximum context length is 128000 tokens.","code":"context_length_exceeded"}}',
      '{"error":{"message":"Your input exceeds the context window of this model."}}',
      '{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 208310 tokens > 200000 maximum"}}',
      '{"type":"error","error":{"message":"input length and `max_tokens` exceed context limit: 199000 + 20000 > 200000"}}',
      '{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."}}',
      '{"message":"Prompt contains 40000 tokens, too large for model with 32768 maximum context length"}',
      '{"error":"This model\'s maximum prompt length is 131072 but the request contains 200000 tokens."}',
    ];
    for (const body of bodies) {
      const told = failureError(status(400, body), aRoute("a"));
      expect([body, told.code, told.status]).toEqual([body, "context_length_exceeded", 400]);
      expect(told.message).toMatch(/context|too long|token/);
    }
    expect(failureError(status(400, '{"error":{"message":"max_tokens must be positive"}}'), null).code).toBe(
      "invalid_request_error",
    );
  });

  it("is ours, not the caller's, where a 400 tells of our account", () => {
    const low = '{"type":"error","error":{"message":"Your credit balance is too low to access the API."}}';
    expect(failureError(status(400, low), aRoute("a")).code).toBe("upstream_unavailable");
    expect(isRetryable(status(400, low))).toBe(false);
  });

  it("has the status that its error object says, in numbers or in words", () => {
    const said: [unknown, number][] = [
      [{ code: 429 }, 429],
      [{ code: "503" }, 503],
      [{ status: 404 }, 404],
      [{ status: "RESOURCE_EXHAUSTED", code: 8 }, 429],
      [{ type: "overloaded_error" }, 503],
      [{ type: "invalid_request_error", code: null }, 400],
      [{ type: "invalid_request_error", code: "model_not_found" }, 404],
      [{ type: "tokens", code: "rate_limit_exceeded" }, 429],
      [{ code: "server_error" }, 500],
      [{ code: "constructor", type: "toString" }, 502],
      [{ code: 200 }, 502],
      ["overloaded", 502],
      [null, 502],
    ];
    for (const [error, code] of said)
      expect([error, errorBodyFailure(error, "").status]).toEqual([error, code]);
  });
});
