import { describe, expect, it } from "vitest";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { alertName, isRetryable, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import { GEMINI_WIRE } from "./gemini-wire";

/** One event as Gemini sends it; the fields that matter to nobody are left in. */
const event = (parts: Json[], more: Json = {}, candidate: Json = {}): Json => ({
  candidates: [{ content: { parts, role: "model" }, index: 0, ...candidate }],
  modelVersion: "gemini-2.5-flash",
  responseId: "r1",
  ...more,
});
const usage = (promptTokenCount: number, candidatesTokenCount?: number, more: Json = {}) => ({
  usageMetadata: { promptTokenCount, candidatesTokenCount, ...more },
});
const STOP = { finishReason: "STOP" };

/** What a stream of these events is in the chat dialect. */
function stream(...events: unknown[]) {
  const open = GEMINI_WIRE.openStream();
  const chunks: Json[] = [];
  const kinds: string[] = [];
  let failure: unknown = null;
  for (const one of events) {
    const read = open.read(JSON.stringify(one), null);
    kinds.push(read.kind);
    if (read.kind === "event") chunks.push(...open.toChunks(read.json));
    if (read.kind === "failed") failure = read.failure;
  }
  if (open.observer.finished) chunks.push(...(open.lastChunks?.() ?? []));
  const choices = chunks.flatMap((chunk) => chunk.choices as Json[]);
  return {
    observer: open.observer,
    chunks,
    choices,
    deltas: choices.map((c) => c.delta as Json),
    kinds,
    failure,
  };
}

describe("a stream", () => {
  it("has usage in every event, of which the last counts", () => {
    const { observer, deltas, choices, chunks } = stream(
      event([{ text: "Hel" }], usage(10, undefined, { totalTokenCount: 10 })),
      event([{ text: "lo" }], usage(10, 1, { totalTokenCount: 11 })),
      event([{ text: "!" }], usage(10, 3, { totalTokenCount: 13 }), STOP),
    );
    expect(deltas).toEqual([{ role: "assistant", content: "Hel" }, { content: "lo" }, { content: "!" }, {}]);
    expect(choices.at(-1)?.finish_reason).toBe("stop");
    expect(chunks[0]).toMatchObject({ id: "r1", object: "chat.completion.chunk", model: "gemini-2.5-flash" });
    expect(chunks.every((chunk) => chunk.usage === undefined)).toBe(true);
    expect(observer.usage).toEqual({ ...NO_TOKENS, inputTokens: 10, outputTokens: 3 });
    expect([observer.finished, observer.delivered, observer.id]).toEqual([true, true, "r1"]);
  });

  it("is not complete before a finish reason", () => {
    const { observer } = stream(event([{ text: "Hel" }]), { usageMetadata: { promptTokenCount: 4 } });
    expect([observer.finished, observer.finishReason]).toEqual([false, null]);
    expect(observer.countOutput().outputTokens).toBeGreaterThan(0);
  });

  it("shows thoughts as reasoning, with the signature of the text", () => {
    const { observer, deltas } = stream(
      event([{ text: "**Plan**", thought: true }], usage(10, undefined, { thoughtsTokenCount: 40 })),
      event([{ text: "Yes." }], usage(10, 2, { thoughtsTokenCount: 45 })),
      event([{ text: "", thoughtSignature: "c2ln" }], usage(10, 2, { thoughtsTokenCount: 45 }), STOP),
    );
    expect(deltas).toEqual([
      {
        role: "assistant",
        reasoning_content: "**Plan**",
        reasoning_details: [
          { type: "reasoning.text", text: "**Plan**", format: "google-gemini-v1", index: 0 },
        ],
      },
      { content: "Yes." },
      {
        content: "",
        reasoning_details: [
          { type: "reasoning.encrypted", data: "c2ln", format: "google-gemini-v1", index: 1 },
        ],
      },
      {},
    ]);
    expect(observer.usage).toMatchObject({ inputTokens: 10, outputTokens: 2, reasoningTokens: 45 });
  });

  it("has parallel calls in one event, each whole, and more in the next", () => {
    const { observer, deltas, choices } = stream(
      event([
        { text: "I look." },
        { functionCall: { name: "look_up", args: { city: "Bern" } }, thoughtSignature: "YWJj" },
        { functionCall: { name: "look_up", args: { city: "Basel" } } },
      ]),
      event([{ functionCall: { id: "own", name: "clock" } }], usage(10, 20), STOP),
    );
    expect(deltas.flatMap((delta) => delta.tool_calls ?? [])).toEqual([
      {
        index: 0,
        id: expect.stringMatching(/^call_\w{24}$/),
        type: "function",
        function: { name: "look_up", arguments: '{"city":"Bern"}' },
        extra_content: { google: { thought_signature: "YWJj" } },
      },
      {
        index: 1,
        id: expect.stringMatching(/^call_\w{24}$/),
        type: "function",
        function: { name: "look_up", arguments: '{"city":"Basel"}' },
      },
      { index: 2, id: "own", type: "function", function: { name: "clock", arguments: "{}" } },
    ]);
    expect(choices.at(-1)?.finish_reason).toBe("tool_calls");
    expect(observer.finishReason).toBe("tool_calls");
  });

  it("that names its end in every event, or in an empty first one, ends once", () => {
    for (const first of [event([{ text: "a" }], {}, STOP), event([], {}, STOP)]) {
      const { choices, deltas } = stream(
        first,
        event([{ text: "b" }], {}, STOP),
        event([{ text: "c" }], {}, STOP),
      );
      expect(deltas.map((delta) => delta.content ?? "").join("")).toMatch(/^a?bc$/);
      expect(choices.map((choice) => choice.finish_reason).filter((reason) => reason)).toEqual(["stop"]);
      expect(choices.at(-1)?.finish_reason).toBe("stop");
    }
  });

  it("says calls although the call and the end came apart", () => {
    const { choices, observer } = stream(
      event([{ functionCall: { name: "f", args: {} } }]),
      event([], {}, STOP),
    );
    expect([choices.at(-1)?.finish_reason, observer.finishReason]).toEqual(["tool_calls", "tool_calls"]);
  });

  it.each([
    ["STOP", "stop"],
    ["MAX_TOKENS", "length"],
    ["SAFETY", "content_filter"],
    ["RECITATION", "content_filter"],
    ["PROHIBITED_CONTENT", "content_filter"],
    ["MALFORMED_FUNCTION_CALL", "stop"],
    ["SOMETHING_NEW", "stop"],
  ])("that ends with %s after some text ends with %s", (finishReason, expected) => {
    const { choices, observer, failure } = stream(event([{ text: "x" }], {}, { finishReason }));
    expect([choices.at(-1)?.finish_reason, observer.finishReason, failure]).toEqual([
      expected,
      expected,
      null,
    ]);
  });

  it("that is cut by the cap while it thinks is an answer without text, and ends with length", () => {
    const { choices, observer } = stream({
      candidates: [{ content: { role: "model" }, finishReason: "MAX_TOKENS", index: 0 }],
      ...usage(10, undefined, { thoughtsTokenCount: 50, totalTokenCount: 60 }),
    });
    expect(choices).toMatchObject([{ delta: { role: "assistant" }, finish_reason: "length" }]);
    expect(observer.usage).toMatchObject({ outputTokens: 0, reasoningTokens: 50 });
  });

  it("that ends with a broken call and nothing else has failed, so that it is tried again", () => {
    const { failure } = stream(
      event([{ text: "hm", thought: true }]),
      event([], usage(10, 0), { finishReason: "MALFORMED_FUNCTION_CALL", finishMessage: "call:f{" }),
    );
    expect(failure).toMatchObject({ kind: "status", status: 502, detail: "MALFORMED_FUNCTION_CALL" });
    expect(isRetryable(failure as UpstreamFailure)).toBe(true);
  });

  it("whose prompt was blocked says so, and has used no output", () => {
    const { choices, observer } = stream({
      promptFeedback: { blockReason: "PROHIBITED_CONTENT" },
      ...usage(12, undefined, { totalTokenCount: 12 }),
    });
    expect(choices).toMatchObject([
      {
        delta: { content: null, refusal: expect.stringContaining("PROHIBITED") },
        finish_reason: "content_filter",
      },
    ]);
    expect([observer.delivered, observer.finished]).toEqual([false, true]);
    expect(observer.usage).toEqual({ ...NO_TOKENS, inputTokens: 12 });
  });

  it("keeps several answers apart and is complete when all are", () => {
    const both = (finished: boolean): Json => ({
      candidates: [0, 1].map((index) => ({
        index,
        content: { parts: [{ text: `${index}` }] },
        ...(finished || index === 0 ? STOP : {}),
      })),
    });
    const open = stream(both(false));
    expect([open.observer.finished, open.observer.finishReason]).toEqual([false, "stop"]);
    const { choices, observer } = stream(both(false), { candidates: [{ index: 1, ...STOP }] });
    expect(choices.map((choice) => [choice.index, choice.finish_reason])).toEqual([
      [0, null],
      [1, null],
      [0, "stop"],
      [1, "stop"],
    ]);
    expect(observer.finished).toBe(true);
  });

  it("that breaks with an error event has failed with its status", () => {
    const error = { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" };
    expect(stream(event([{ text: "x" }]), { error }).failure).toMatchObject({ kind: "status", status: 503 });
    expect(stream([{ error: { status: "RESOURCE_EXHAUSTED" } }]).failure).toMatchObject({ status: 429 });
    expect(() => GEMINI_WIRE.openStream().read("[1]", null)).toThrow();
    expect(() => GEMINI_WIRE.openStream().read("{not json}", null)).toThrow();
  });

  it("bears a [DONE] that somebody added", () => {
    const open = GEMINI_WIRE.openStream();
    open.read(JSON.stringify(event([{ text: "x" }], {}, STOP)), null);
    expect(open.read("[DONE]", null)).toEqual({ kind: "done", json: null });
  });

  it("that came as one JSON list, or as one answer, is read all the same", () => {
    const list = [event([{ text: "a" }]), event([{ text: "b" }], usage(3, 2), STOP)];
    expect(GEMINI_WIRE.openStream().fromPlain(list as unknown as Json)).toHaveLength(2);
    expect(GEMINI_WIRE.openStream().fromPlain(list[1] as Json)).toEqual([{ json: list[1], name: null }]);
    expect(GEMINI_WIRE.openStream().fromPlain({ hello: 1 })).toBeNull();
  });

  it("carries logprobs", () => {
    const logprobsResult = {
      chosenCandidates: [{ token: "é", logProbability: -0.1, tokenId: 1 }],
      topCandidates: [{ candidates: [{ token: "e", logProbability: -2 }] }],
    };
    const { choices } = stream(event([{ text: "é" }], {}, { ...STOP, logprobsResult }));
    expect(choices.at(-2)?.logprobs).toEqual({
      content: [
        {
          token: "é",
          logprob: -0.1,
          bytes: [195, 169],
          top_logprobs: [{ token: "e", logprob: -2, bytes: [101] }],
        },
      ],
      refusal: null,
    });
  });
});

describe("a whole answer", () => {
  const plain = (body: Json) => GEMINI_WIRE.readPlain(body, JSON.stringify(body));

  it("is a chat completion, in the order of its parts", () => {
    const body = event(
      [
        { text: "hm", thought: true },
        { text: "I " },
        { text: "look.", thoughtSignature: "c2ln" },
        { functionCall: { id: "f1", name: "f", args: { a: 1 } }, thoughtSignature: "YWJj" },
      ],
      usage(10, 5, { thoughtsTokenCount: 7, totalTokenCount: 22 }),
      STOP,
    );
    expect(GEMINI_WIRE.toCompletion(body)).toEqual({
      id: "r1",
      object: "chat.completion",
      created: expect.any(Number),
      model: "gemini-2.5-flash",
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: "I look.",
            reasoning_content: "hm",
            reasoning_details: [
              { type: "reasoning.text", text: "hm", format: "google-gemini-v1", index: 0 },
              { type: "reasoning.encrypted", data: "c2ln", format: "google-gemini-v1", index: 1 },
            ],
            tool_calls: [
              {
                id: "f1",
                type: "function",
                function: { name: "f", arguments: '{"a":1}' },
                extra_content: { google: { thought_signature: "YWJj" } },
              },
            ],
          },
          logprobs: null,
          finish_reason: "tool_calls",
        },
      ],
      usage: expect.objectContaining({ prompt_tokens: 10, completion_tokens: 12, total_tokens: 22 }),
    });
    expect(plain(body)).toMatchObject({ finishReason: "tool_calls", delivered: true });
  });

  it("hands images on", () => {
    const body = event([{ inlineData: { mimeType: "image/png", data: "iVBO" } }], {}, STOP);
    expect(GEMINI_WIRE.toCompletion(body)).toMatchObject({
      choices: [
        { message: { images: [{ type: "image_url", image_url: { url: "data:image/png;base64,iVBO" } }] } },
      ],
    });
  });

  it("may be none at all", () => {
    expect(plain({ candidates: [], usageMetadata: {} })).toMatchObject({ kind: "malformed" });
    expect(plain({ hello: 1 })).toMatchObject({ kind: "malformed" });
    expect(plain(event([], {}, { finishReason: "MALFORMED_FUNCTION_CALL" }))).toMatchObject({
      kind: "status",
      detail: "MALFORMED_FUNCTION_CALL",
    });
    expect(plain({ promptFeedback: { blockReason: "SAFETY" } })).toMatchObject({
      finishReason: "content_filter",
      delivered: false,
    });
    expect(GEMINI_WIRE.toCompletion({ promptFeedback: { blockReason: "SAFETY" } })).toMatchObject({
      choices: [{ message: { content: null, refusal: expect.any(String) }, finish_reason: "content_filter" }],
    });
  });

  it.each([
    [{ code: 429, status: "RESOURCE_EXHAUSTED", message: "slow down" }, 429, null],
    [{ code: 400, status: "INVALID_ARGUMENT", message: "Invalid value at 'contents'" }, 400, null],
    [{ code: 400, message: "API key not valid. Please pass a valid API key." }, 400, "upstream_key_refused"],
    [{ code: 400, message: "x", details: [{ reason: "API_KEY_INVALID" }] }, 400, "upstream_key_refused"],
    [
      {
        code: 400,
        status: "FAILED_PRECONDITION",
        message: "User location is not supported for the API use.",
      },
      400,
      "upstream_forbidden",
    ],
    [{ status: "UNAVAILABLE" }, 503, null],
    [{ message: "?" }, 502, null],
  ])("may be an error with status 200: %j is %i", (error, status, alert) => {
    const failure = plain({ error }) as UpstreamFailure;
    expect(failure).toMatchObject({ failed: true, kind: "status", status });
    expect(alertName(failure)).toBe(alert);
    expect(plain([{ error }] as unknown as Json)).toMatchObject({ status });
  });
});
