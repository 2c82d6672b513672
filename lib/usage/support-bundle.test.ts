import { expect, it } from "vitest";
import { supportBundle } from "@/lib/usage/support-bundle";

it("says what support needs, in one aligned block, and nothing that is secret", () => {
  const text = supportBundle(
    {
      requestId: "req_4fT",
      startedAt: new Date("2026-11-21T12:00:00.123Z"),
      modelId: "sandbox/echo",
      dialect: "chat",
      streamed: true,
      client: "LobeChat",
      outcome: "upstream_error",
      httpStatus: 503,
      errorCode: "upstream_unavailable",
      finishReason: null,
      queuedMs: 1,
      firstByteMs: null,
      totalMs: 1_204,
      requestBytes: 48_212,
      fallbacks: 1,
      keyPrefix: "sk-tg-",
      keyLastFour: "x9Qk",
    },
    "https://api.example.com",
  );
  expect(text).toBe(`Request id:      req_4fT
Time (UTC):      2026-11-21T12:00:00.123Z
URL:             https://api.example.com/v1/chat/completions
Model:           sandbox/echo
Status:          503 upstream_error
Error code:      upstream_unavailable
Finish reason:   none
Streamed:        yes
Client:          LobeChat
Request size:    about 48 kB
Timing:          queued 1 ms, first byte never, total 1204 ms
Fallbacks tried: 1
Key:             sk-tg-…x9Qk
`);
});
