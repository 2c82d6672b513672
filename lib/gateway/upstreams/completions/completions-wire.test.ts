import { describe, expect, it } from "vitest";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { COMPLETIONS_WIRE } from "./completions-wire";

const USAGE = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
const choice = (text: string, finish_reason: string | null = null, index = 0) => ({
  text,
  index,
  finish_reason,
});
const plain = (body: Json) => COMPLETIONS_WIRE.readPlain(body, JSON.stringify(body));

describe("legacy completions upstream", () => {
  it("are watched in a stream: text, ends by index, usage wherever it comes", () => {
    const stream = COMPLETIONS_WIRE.openStream();
    const read = (json: Json) => stream.read(JSON.stringify(json), null);
    read({ id: "c1", created: 5, model: "up", choices: [choice("Hel"), choice("Hal", null, 1)] });
    read({ choices: [choice("lo", "stop")] });
    expect([stream.observer.finished, stream.observer.delivered]).toEqual([false, true]);
    read({ choices: [choice("", "length", 1)], usage: USAGE });
    expect(stream.observer).toMatchObject({
      finished: true,
      finishReason: "length",
      id: "c1",
      created: 5,
      model: "up",
      usage: { inputTokens: 5, outputTokens: 2 },
    });
    expect(stream.read("[DONE]", null)).toEqual({ kind: "done", json: null });
    expect(stream.observer.countOutput().outputTokens).toBeGreaterThan(1);
  });

  it("fail with an error event, and are broken by what cannot be read", () => {
    const stream = COMPLETIONS_WIRE.openStream();
    expect(stream.read('{"error":{"message":"x","code":503}}', null)).toMatchObject({
      kind: "failed",
      failure: { status: 503 },
    });
    expect(() => stream.read("[]", null)).toThrow();
    expect(() => stream.read("{", null)).toThrow();
  });

  it("are read plain, also where a stream was asked for", () => {
    const body = { id: "c1", choices: [choice("Hello", "stop")], usage: USAGE };
    expect(plain(body)).toMatchObject({ delivered: true, finishReason: "stop", usage: { outputTokens: 2 } });
    expect(COMPLETIONS_WIRE.openStream().fromPlain(body)).toEqual([
      { json: { id: "c1", choices: [choice("Hello", "stop")] }, name: null },
      { json: { id: "c1", choices: [], usage: USAGE }, name: null },
    ]);
    expect(COMPLETIONS_WIRE.openStream().fromPlain({})).toBeNull();
    expect(plain({ error: { message: "x" } })).toMatchObject({ kind: "status" });
    expect(plain({})).toMatchObject({ kind: "malformed" });
  });
});
