import { describe, expect, it } from "vitest";
import { countText } from "@/lib/gateway/count-tokens";
import { ChatObserver } from "./chat-observer";

const delta = (part: object, more: object = {}) => ({
  id: "chatcmpl-1",
  created: 7,
  model: "m",
  choices: [{ index: 0, delta: part, finish_reason: null, ...more }],
});

describe("an answer that goes by", () => {
  it("is counted as one text, however it was chopped", () => {
    const observer = new ChatObserver();
    observer.chunk(delta({ role: "assistant", content: "" }));
    expect(observer.delivered).toBe(false);
    for (const piece of ["Hello, w", "orl", "d! ", "漢", "字"]) observer.chunk(delta({ content: piece }));
    expect(observer.outputAtMost).toBeGreaterThanOrEqual(countText("Hello, world! 漢字"));
    expect(observer.countOutput()).toEqual({
      outputTokens: countText("Hello, world! 漢字"),
      reasoningTokens: 0,
    });
    expect(observer).toMatchObject({ delivered: true, id: "chatcmpl-1", created: 7, model: "m" });
  });

  it("keeps reasoning apart from text", () => {
    const observer = new ChatObserver();
    observer.chunk(delta({ reasoning_content: "let me think" }));
    observer.chunk(delta({ reasoning: " more" }));
    observer.chunk(delta({ content: "done" }));
    expect(observer.countOutput()).toEqual({
      outputTokens: countText("done"),
      reasoningTokens: countText("let me think more"),
    });
  });

  it("has delivered with a tool call or a refusal, and not with an empty role", () => {
    for (const part of [
      { tool_calls: [{ index: 0, id: "c", function: { name: "f", arguments: "{}" } }] },
      { function_call: { name: "f", arguments: "{}" } },
      { refusal: "no" },
    ]) {
      const observer = new ChatObserver();
      observer.chunk(delta(part));
      expect(observer.delivered).toBe(true);
      expect(observer.countOutput().outputTokens).toBeGreaterThan(0);
    }
    const observer = new ChatObserver();
    observer.chunk(delta({ role: "assistant", content: null, tool_calls: [] }));
    observer.chunk({ choices: [null, 5, { delta: null }], usage: null });
    observer.chunk({});
    expect(observer.delivered).toBe(false);
  });

  it("takes the last usage, not the sum of several, and keeps one that is followed by nonsense", () => {
    const observer = new ChatObserver();
    observer.chunk({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 1 } });
    observer.chunk({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 9 } });
    observer.chunk({ choices: [], usage: { prompt_tokens: -5 } });
    expect(observer.usage).toMatchObject({ inputTokens: 5, outputTokens: 9 });
  });

  it("is finished when every answer that began is", () => {
    const observer = new ChatObserver();
    observer.chunk(delta({ content: "a" }));
    observer.chunk({ choices: [{ index: 1, delta: { content: "b" } }] });
    expect(observer.finished).toBe(false);
    observer.chunk(delta({}, { finish_reason: "stop" }));
    expect(observer.finished).toBe(false);
    observer.chunk({ choices: [{ index: 1, delta: {}, finish_reason: "stop" }] });
    expect(observer.finished).toBe(true);
    expect(observer.finishReason).toBe("stop");
  });

  it("reads a plain answer the same way", () => {
    const observer = new ChatObserver();
    observer.completion({
      choices: [{ message: { role: "assistant", content: "hi" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 3, completion_tokens: 1 },
    });
    expect(observer).toMatchObject({
      delivered: true,
      finishReason: "stop",
      usage: { inputTokens: 3, outputTokens: 1 },
    });
  });
});
