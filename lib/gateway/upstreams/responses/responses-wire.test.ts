import { describe, expect, it } from "vitest";
import { checkSequence } from "@/e2e/fakes/responses-sequence";
import {
  ERROR_STREAM,
  FAILED_STREAM,
  INCOMPLETE_STREAM,
  NATIVE_USAGE,
  plainOf,
  TEXT_STREAM,
  TOOLS_STREAM,
} from "@/e2e/fakes/responses-streams";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { isCallersFault, isRetryable } from "@/lib/gateway/upstream-failure";
import { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { bucketsFromResponses, responsesFromBuckets } from "./responses-usage";
import { RESPONSES_WIRE } from "./responses-wire";

const BUCKETS = {
  ...NO_TOKENS,
  inputTokens: 396,
  cachedTokens: 1_024,
  outputTokens: 11,
  reasoningTokens: 64,
};

function run(events: readonly Json[]) {
  const stream = RESPONSES_WIRE.openStream();
  const read = events.map((event) => stream.read(JSON.stringify(event), event.type as string));
  return { stream, observer: stream.observer, kinds: read.map(({ kind }) => kind), last: read.at(-1) };
}

describe("a stream of the Responses API", () => {
  it.each([
    ["text", TEXT_STREAM, "stop"],
    ["tools", TOOLS_STREAM, "tool_calls"],
    ["incomplete", INCOMPLETE_STREAM, "length"],
  ] as const)("%s: usage in its buckets, the finish, and its end", (_name, events, finish) => {
    const { observer, kinds } = run(events);
    expect(observer.usage).toEqual(BUCKETS);
    expect(observer.finishReason).toBe(finish);
    expect(observer.delivered).toBe(true);
    expect(observer.id).toBe("resp_68af4030592c81938ec0a5fbab4a3e9f");
    expect(kinds.at(-1)).toBe("done");
    expect(kinds.slice(0, 2)).toEqual(["prelude", "prelude"]);
    expect(new Set(kinds.slice(2, -1))).toEqual(new Set(["event"]));
  });

  it("counts what was delivered, once, whether it came in pieces or as whole items", () => {
    const pieces = run(TOOLS_STREAM.slice(0, -1)).observer.countOutput();
    const items = run(TOOLS_STREAM.filter(({ type }) => String(type).startsWith("response.output_item")));
    expect(pieces.reasoningTokens).toBeGreaterThan(3);
    expect(pieces.outputTokens).toBeGreaterThan(20);
    expect(items.observer.countOutput()).toEqual(pieces);
    const whole = RESPONSES_WIRE.readPlain(plainOf(TOOLS_STREAM), "");
    expect(whole).toBeInstanceOf(AnswerObserver);
    expect((whole as AnswerObserver).countOutput()).toEqual(pieces);
    expect(run(TEXT_STREAM.slice(0, 4)).observer.delivered).toBe(false);
  });

  it("that fails is a failure, with the status that its error has elsewhere", () => {
    const failed = run(FAILED_STREAM);
    expect(failed.last).toMatchObject({ kind: "failed", failure: { kind: "status", status: 500 } });
    expect(run(ERROR_STREAM).last).toMatchObject({ kind: "failed", failure: { status: 429 } });
    const nested = run([
      { type: "error", error: { type: "invalid_request_error", code: "invalid_image", message: "Bad" } },
    ]);
    if (nested.last?.kind !== "failed") throw new Error("no failure");
    expect(isCallersFault(nested.last.failure)).toBe(true);
    const bare = run([{ type: "response.failed", response: { status: "failed", error: null } }]);
    if (bare.last?.kind !== "failed") throw new Error("no failure");
    expect(isRetryable(bare.last.failure)).toBe(true);
    expect(run([{ error: { message: "no type at all" } }]).last?.kind).toBe("failed");
  });

  it("is done by its type and no sooner", () => {
    const { stream, kinds } = run([
      { type: "keepalive", sequence_number: 1 },
      { type: "response.of_a_later_year" },
      { type: "response.completed", response: { id: "resp_1" } },
    ]);
    expect(kinds).toEqual(["ignore", "event", "done"]);
    expect(stream.read("[DONE]", null)).toEqual({ kind: "done", json: null });
    const early = RESPONSES_WIRE.openStream();
    expect(() => early.read("[DONE]", null)).toThrow();
    expect(() => early.read("5", null)).toThrow();
    expect(() => early.read('{"type":"response.completed"}', null)).toThrow();
  });

  it.each([TEXT_STREAM, TOOLS_STREAM, INCOMPLETE_STREAM])("may come plain", (...events) => {
    const plain = plainOf(events);
    const made = RESPONSES_WIRE.openStream().fromPlain(plain) ?? [];
    expect(checkSequence(made.map(({ json, name }) => ({ name, event: json })))).toEqual(plain);
    expect(run(made.map(({ json }) => json)).observer.countOutput()).toEqual(
      run(events).observer.countOutput(),
    );
  });
});

describe("a plain body", () => {
  it("with an error, unfinished or of another kind is no answer", () => {
    const read = (body: Json) => RESPONSES_WIRE.readPlain(body, JSON.stringify(body));
    expect(read({ error: { code: "insufficient_quota", message: "No" } })).toMatchObject({ status: 429 });
    expect(read({ ...plainOf(TEXT_STREAM), error: { code: "server_error", message: "No" } })).toMatchObject({
      status: 500,
    });
    expect(read({ ...plainOf(TEXT_STREAM), status: "queued" })).toMatchObject({ kind: "malformed" });
    expect(read({ choices: [] })).toMatchObject({ kind: "malformed" });
    expect(RESPONSES_WIRE.openStream().fromPlain({ choices: [] })).toBeNull();
  });
});

describe("usage", () => {
  it("goes into buckets and back", () => {
    expect(bucketsFromResponses(NATIVE_USAGE)).toEqual(BUCKETS);
    expect(responsesFromBuckets(BUCKETS)).toEqual({
      ...NATIVE_USAGE,
      input_tokens_details: { cached_tokens: 1_024, cache_write_tokens: 0 },
    });
    const written = {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 20, cache_write_tokens: 30 },
      output_tokens: 0,
    };
    expect(bucketsFromResponses(written)).toEqual({
      ...NO_TOKENS,
      inputTokens: 50,
      cachedTokens: 20,
      cacheWrite5mTokens: 30,
    });
  });

  it.each([
    null,
    undefined,
    5,
    {},
    { input_tokens: -1, output_tokens: 5 },
    { input_tokens: 1.5, output_tokens: 1 },
  ])("%j is not believed", (usage) => {
    expect(bucketsFromResponses(usage)).toBeNull();
  });
});
