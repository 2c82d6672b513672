import { describe, expect, it } from "vitest";
import { type ChatBody, codeSample, SAMPLE_IDS } from "./code-samples";
import { readDelta, takeEvents } from "./read-events";

const BODY: ChatBody = {
  model: "sandbox/echo",
  messages: [
    { role: "system", content: "Be 'brief'." },
    { role: "user", content: 'Say "hi" for $5' },
  ],
  temperature: 0.5,
  max_tokens: 20,
};

describe("the call as code", () => {
  it.each(SAMPLE_IDS)("%s has the model, the words and the parameters, and no key", (id) => {
    const { code } = codeSample(id, "https://api.test/v1", BODY);
    expect(code).toContain("sandbox/echo");
    expect(code).toContain("https://api.test/v1");
    expect(code).toContain("TOLLGATE_API_KEY");
    expect(code).toMatch(/temperature"?[=:] ?0\.5/);
    expect(code).not.toContain("undefined");
  });

  it("survives quotes in a shell", () => {
    const { code } = codeSample("curl", "https://api.test/v1", BODY);
    expect(code).toContain("Be '\\''brief'\\''.");
  });
});

describe("a stream", () => {
  it("keeps what is not whole, and skips comments", () => {
    const first = takeEvents(': keep-alive\n\ndata: {"a":1}\n\ndata: {"b"');
    expect(first).toEqual({ events: ['{"a":1}'], rest: 'data: {"b"' });
    expect(takeEvents(`${first.rest}:2}\r\n\r\n`)).toEqual({ events: ['{"b":2}'], rest: "" });
  });

  it("reads words, costs as exact text, and errors", () => {
    expect(readDelta('{"choices":[{"delta":{"content":"Hi"}}]}')).toMatchObject({
      text: "Hi",
      costUsd: null,
    });
    expect(
      readDelta('{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1,"cost":0.000000005}}'),
    ).toMatchObject({
      tokensIn: 3,
      tokensOut: 1,
      costUsd: "0.000000005",
    });
    expect(
      readDelta('{"error":{"code":"upstream_timeout","message":"late","doc_url":"https://x.test"}}')?.error,
    ).toEqual({
      code: "upstream_timeout",
      message: "late",
      docUrl: "https://x.test",
    });
    expect(readDelta("[DONE]")).toBeNull();
  });
});
