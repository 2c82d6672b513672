import { describe, expect, test } from "vitest";
import {
  close,
  delta,
  type Event,
  end,
  failure,
  open,
  PING,
  STOP,
  STREAMS,
  sse,
  start,
  text,
} from "@/e2e/fakes/anthropic-streams";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { SseParser } from "@/lib/gateway/upstreams/sse-parser";
import type { WireEvent, WireStream } from "@/lib/gateway/upstreams/wire";
import { MESSAGES_WIRE } from "./messages-wire";

interface Read {
  stream: WireStream;
  kinds: WireEvent["kind"][];
  chunks: Json[];
  last: WireEvent | null;
}

/** A stream read as the gateway reads it: bytes, events, chunks. */
function read(events: readonly Event[]): Read {
  const stream = MESSAGES_WIRE.openStream();
  const result: Read = { stream, kinds: [], chunks: [], last: null };
  const parser = new SseParser((data, name) => {
    const event = stream.read(data, name || null);
    result.kinds.push(event.kind);
    result.last = event;
    if (event.kind !== "ignore" && event.kind !== "failed" && event.json)
      result.chunks.push(...stream.toChunks(event.json));
  });
  for (const byte of Buffer.from(events.map(sse).join(""))) parser.push(Buffer.from([byte]));
  return result;
}

interface Delta {
  role?: string;
  content?: string;
  refusal?: string;
  reasoning_content?: string;
  reasoning_details?: Json[];
  tool_calls?: { index: number; id?: string; function: { name?: string; arguments: string } }[];
}

function deltas(chunks: readonly Json[]): Delta[] {
  return chunks.map((chunk) => (chunk.choices as { delta: Delta }[])[0]?.delta ?? {});
}

const finish = (chunks: readonly Json[]) =>
  chunks.flatMap((chunk) => (chunk.choices as { finish_reason: string | null }[])[0]?.finish_reason ?? []);

describe("streams", () => {
  test("text: a role, the pieces, one finish reason, the usage of the last report", () => {
    const { stream, chunks, kinds } = read(STREAMS.text ?? []);
    expect(deltas(chunks)).toEqual([
      { role: "assistant", content: "" },
      { content: "Hello" },
      { content: ", " },
      { content: "world!" },
      {},
    ]);
    expect(finish(chunks)).toEqual(["stop"]);
    expect(kinds.filter((kind) => kind === "ignore")).toHaveLength(1);
    expect(kinds.at(-1)).toBe("done");
    expect(stream.observer.usage).toEqual({ ...NO_TOKENS, inputTokens: 25, outputTokens: 15 });
    expect(stream.observer).toMatchObject({ delivered: true, finishReason: "stop", model: "claude-fake" });
    expect(new Set(chunks.map((chunk) => chunk.id))).toEqual(new Set([stream.observer.id]));
  });

  test("a tool call after text: index 0, its id and name first, the pieces of its arguments", () => {
    const { chunks } = read(STREAMS.tools ?? []);
    const calls = deltas(chunks).flatMap((part) => part.tool_calls ?? []);
    expect(calls[0]).toEqual({
      index: 0,
      id: "toolu_01Weather",
      type: "function",
      function: { name: "get_weather", arguments: "" },
    });
    expect(calls.every((call) => call.index === 0)).toBe(true);
    expect(calls.map((call) => call.function.arguments).join("")).toBe('{"location": "Bern"}');
    expect(finish(chunks)).toEqual(["tool_calls"]);
  });

  test("parallel tool calls count from 0; one without arguments has an empty object", () => {
    const { chunks } = read(STREAMS.parallel ?? []);
    const args = new Map<number, string>();
    for (const call of deltas(chunks).flatMap((part) => part.tool_calls ?? [])) {
      args.set(call.index, (args.get(call.index) ?? "") + call.function.arguments);
    }
    expect([...args]).toEqual([
      [0, '{"location":"Bern"}'],
      [1, "{}"],
      [2, '{"location":"Chur"}'],
    ]);
  });

  test("a tool's input that comes whole with its block is not lost", () => {
    const { chunks, stream } = read([
      start(),
      open(0, { type: "tool_use", id: "t1", name: "look", input: { city: "Bern" } }),
      close(0),
      end("tool_use"),
      STOP,
    ]);
    const calls = deltas(chunks).flatMap((part) => part.tool_calls ?? []);
    expect(calls.map((call) => call.function.arguments).join("")).toBe('{"city":"Bern"}');
    expect(stream.observer.countOutput().outputTokens).toBeGreaterThan(8);
  });

  test("thinking: its text, its signature, and what is redacted; counted apart", () => {
    const { chunks, stream } = read(STREAMS.thinking ?? []);
    const parts = deltas(chunks);
    expect(parts.map((part) => part.reasoning_content ?? "").join("")).toBe("Let me think.");
    const format = "anthropic-claude-v1";
    expect(parts.flatMap((part) => part.reasoning_details ?? [])).toEqual([
      { type: "reasoning.text", text: "Let me ", format, index: 0 },
      { type: "reasoning.text", text: "think.", format, index: 0 },
      { type: "reasoning.text", text: "", signature: "sigEqQBCgIYAhIM1gbcDa9GJwZA", format, index: 0 },
      { type: "reasoning.encrypted", data: "EmwKAhgBEgy3va3pzix", format, index: 1 },
    ]);
    expect(stream.observer.usage).toMatchObject({ outputTokens: 20, reasoningTokens: 70 });
  });

  test("cache: read and written apart, an hour and five minutes apart, though the last report does not say", () => {
    const { stream } = read(STREAMS.cache ?? []);
    expect(stream.observer.usage).toEqual({
      ...NO_TOKENS,
      inputTokens: 21,
      cachedTokens: 188_086,
      cacheWrite5mTokens: 100,
      cacheWrite1hTokens: 600,
      outputTokens: 393,
    });
  });

  test("many message_delta events with running totals are charged once", () => {
    const running = Array.from({ length: 50 }, (_, at) => end("end_turn", { output_tokens: at + 1 }));
    const { stream } = read([start(), ...text(0, "Hi"), ...running, STOP]);
    expect(stream.observer.usage).toMatchObject({ inputTokens: 25, outputTokens: 50 });
  });

  test.each([
    ["end_turn", "stop"],
    ["stop_sequence", "stop"],
    ["pause_turn", "stop"],
    ["max_tokens", "length"],
    ["model_context_window_exceeded", "length"],
    ["refusal", "content_filter"],
    ["something_new", "stop"],
  ])("stop reason %s is finish reason %s", (stopReason, finishReason) => {
    expect(finish(read([start(), ...text(0, "Hi"), end(stopReason), STOP]).chunks)).toEqual([finishReason]);
  });

  test("a refusal says why", () => {
    const details = { stop_details: { type: "refusal", category: "bio", explanation: "I cannot." } };
    const { chunks } = read([start(), end("refusal", { output_tokens: 1 }, details), STOP]);
    expect(deltas(chunks).map((part) => part.refusal)).toContain("I cannot.");
  });

  test.each([
    ["overloaded_error", 503],
    ["rate_limit_error", 429],
    ["invalid_request_error", 400],
    ["authentication_error", 401],
    ["billing_error", 402],
    ["api_error", 500],
    ["brand_new_error", 502],
  ])("an error event of type %s is a failure with status %i", (type, status) => {
    const { last } = read([failure(type, "no")]);
    expect(last).toMatchObject({ kind: "failed", failure: { kind: "status", status } });
    const later = read([start(), ...text(0, "Hi"), failure(type, "no")]);
    expect(later.last).toMatchObject({ kind: "failed", failure: { status } });
    expect(later.stream.observer).toMatchObject({ delivered: true, finished: false });
  });

  test("what a stream's beginning says of its output is not its output", () => {
    expect(read([start(), ...text(0, "Hi")]).stream.observer.usageHasOutput).toBe(false);
    expect(read([start(), ...text(0, "Hi"), end("end_turn")]).stream.observer.usageHasOutput).toBe(true);
    const silent = { ...end("end_turn"), usage: undefined };
    expect(read([start(), ...text(0, "Hi"), silent]).stream.observer).toMatchObject({
      usageHasOutput: false,
      finished: true,
    });
  });

  test("an early end is no end; after the last report only message_stop is missing", () => {
    expect(read([start(), ...text(0, "Hi")]).stream.observer.finished).toBe(false);
    expect(read([start(), ...text(0, "Hi"), end("end_turn")]).stream.observer.finished).toBe(true);
  });

  test("events of no known type are passed on and mean nothing", () => {
    const { chunks, kinds } = read([
      start(),
      PING,
      { type: "brand_new" },
      open(0, { type: "server_tool_use", id: "s1", name: "web_search", input: {} }),
      delta(0, { type: "input_json_delta", partial_json: '{"query":"x"}' }),
      close(0),
      delta(7, { type: "text_delta", text: "still text" }),
      end("end_turn"),
      STOP,
    ]);
    expect(kinds).toEqual([
      "prelude",
      "ignore",
      "event",
      "event",
      "event",
      "event",
      "event",
      "event",
      "done",
    ]);
    expect(deltas(chunks).flatMap((part) => part.tool_calls ?? [])).toEqual([]);
    expect(
      deltas(chunks)
        .map((part) => part.content ?? "")
        .join(""),
    ).toBe("still text");
  });

  test("what is no JSON object is malformed; [DONE] is let pass", () => {
    const stream = MESSAGES_WIRE.openStream();
    expect(() => stream.read("{not json", null)).toThrow();
    expect(() => stream.read("[1]", null)).toThrow();
    expect(stream.read("[DONE]", null)).toEqual({ kind: "ignore" });
    expect(stream.read('{"error":{"message":"odd"}}', null)).toMatchObject({ kind: "failed" });
    expect(stream.read('{"message":{"id":"m1"}}', "message_start")).toMatchObject({ kind: "prelude" });
    expect(stream.observer.id).toBe("m1");
  });
});

describe("whole messages", () => {
  const message = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-fake",
    content: [
      { type: "thinking", thinking: "Hm.", signature: "sig" },
      { type: "redacted_thinking", data: "xxx" },
      { type: "text", text: "Let me " },
      { type: "text", text: "look." },
      { type: "tool_use", id: "toolu_1", name: "look", input: { city: "Bern" } },
      { type: "tool_use", id: "toolu_2", name: "wait", input: {} },
    ],
    stop_reason: "tool_use",
    stop_sequence: null,
    usage: { input_tokens: 10, cache_read_input_tokens: 90, output_tokens: 50 },
  };

  test("becomes a completion with everything in it", () => {
    const completion = MESSAGES_WIRE.toCompletion(message);
    expect(completion).toMatchObject({
      id: "msg_1",
      object: "chat.completion",
      model: "claude-fake",
      choices: [
        {
          finish_reason: "tool_calls",
          message: {
            role: "assistant",
            content: "Let me look.",
            reasoning_content: "Hm.",
            reasoning_details: [
              { type: "reasoning.text", text: "Hm.", signature: "sig" },
              { type: "reasoning.encrypted", data: "xxx" },
            ],
            tool_calls: [
              { id: "toolu_1", type: "function", function: { name: "look", arguments: '{"city":"Bern"}' } },
              { id: "toolu_2", type: "function", function: { name: "wait", arguments: "{}" } },
            ],
          },
        },
      ],
      usage: { prompt_tokens: 100, completion_tokens: 50, prompt_tokens_details: { cached_tokens: 90 } },
    });
  });

  test("is watched: usage, what it delivered, how it ended", () => {
    const observer = MESSAGES_WIRE.readPlain(message, "");
    expect(observer).toMatchObject({
      delivered: true,
      finishReason: "tool_calls",
      usage: { inputTokens: 10, cachedTokens: 90, outputTokens: 50 },
    });
  });

  test("an empty one delivered nothing", () => {
    const empty = {
      ...message,
      content: [],
      stop_reason: "end_turn",
      usage: { input_tokens: 3, output_tokens: 0 },
    };
    expect(MESSAGES_WIRE.readPlain(empty, "")).toMatchObject({ delivered: false, finishReason: "stop" });
    expect(MESSAGES_WIRE.toCompletion(empty)).toMatchObject({ choices: [{ message: { content: "" } }] });
  });

  test("an error with status 200, and what is no message", () => {
    const error = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
    expect(MESSAGES_WIRE.readPlain(error, JSON.stringify(error))).toMatchObject({
      failed: true,
      status: 503,
    });
    expect(MESSAGES_WIRE.readPlain({ hello: 1 }, "{}")).toMatchObject({ failed: true, kind: "malformed" });
  });

  test("as the events of a stream it says the same", () => {
    const stream = MESSAGES_WIRE.openStream();
    const events = stream.fromPlain(message) ?? [];
    const chunks = events.flatMap(({ json, name }) => {
      const event = stream.read(JSON.stringify(json), name);
      return event.kind === "ignore" || event.kind === "failed" ? [] : stream.toChunks(event.json ?? {});
    });
    expect(stream.observer).toMatchObject({
      finished: true,
      usage: { inputTokens: 10, cachedTokens: 90, outputTokens: 50 },
    });
    const parts = deltas(chunks);
    expect(parts.map((part) => part.content ?? "").join("")).toBe("Let me look.");
    expect(parts.flatMap((part) => part.tool_calls ?? []).map((call) => call.function.arguments)).toEqual([
      "",
      '{"city":"Bern"}',
      "",
      "{}",
    ]);
    expect(stream.fromPlain({ choices: [] })).toBeNull();
  });
});
