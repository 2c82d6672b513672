import { describe, expect, it } from "vitest";
import type { CatalogModel } from "@/lib/catalog/types";
import type { RewriteTo, Settled } from "@/lib/gateway/dialects/api-request";
import { COST_MARK } from "@/lib/gateway/dialects/cost-mark";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { CompletionsRequest } from "./completions-request";

const parse = (body: object | string) =>
  CompletionsRequest.parse(
    Buffer.from(typeof body === "string" ? body : JSON.stringify({ model: "m", prompt: "p", ...body })),
  );
const to = (more: Partial<RewriteTo> = {}): RewriteTo => ({
  upstreamId: "up",
  model: { reasoning: false } as CatalogModel,
  capTokens: null,
  ...more,
});
const TOKENS = { ...NO_TOKENS, inputTokens: 7, outputTokens: 3 };
const SETTLED: Settled = { tokens: TOKENS, chargedNano: 1_500n, finishReason: "stop" };

describe("a legacy completion", () => {
  it.each([
    [{ prompt: "a" }, ["a"], 1],
    [{ prompt: "" }, [""], 1],
    [{ prompt: ["a", "b"], n: 3, best_of: 3 }, ["a", "b"], 6],
    [{ prompt: [1, 2] }, [[1, 2]], 1],
    [{ prompt: [[1, 2], [3]] }, [[1, 2], [3]], 2],
  ])("takes %j", (body, prompts, answers) => {
    const request = parse(body);
    expect([request.fields.prompts, request.answers, request.maxTokens]).toEqual([prompts, answers, 16]);
  });

  it.each([
    [{ prompt: null }, "prompt"],
    [{ prompt: [] }, "prompt"],
    [{ prompt: ["a", 1] }, "prompt[1]"],
    [{ prompt: [[1], []] }, "prompt[1]"],
    [{ prompt: Array.from({ length: 65 }, () => "a"), n: 2 }, "prompt"],
    [{ max_tokens: 0 }, "max_tokens"],
    [{ max_tokens: -1 }, "max_tokens"],
    [{ max_tokens: 1e9 }, "max_tokens"],
    [{ n: 1_000 }, "n"],
    [{ n: 2, best_of: 1 }, "best_of"],
    [{ echo: "yes" }, "echo"],
    [{ suffix: 1 }, "suffix"],
    [{ logprobs: true }, "logprobs"],
    [{ stream: 1 }, "stream"],
    [{ stream_options: [] }, "stream_options"],
    [{ service_tier: "flex" }, "service_tier"],
  ])("refuses %j by name", (body, param) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: "invalid_request_error", param }));
  });

  it("refuses answers that are paid for and not shown", () => {
    expect(() => parse({ best_of: 5 })).toThrow(
      expect.objectContaining({ code: "unsupported_capability", param: "best_of" }),
    );
  });

  it("may ask for nothing but its prompt", () => {
    expect(parse({ max_tokens: 0, echo: true }).maxTokens).toBe(0);
  });

  it("passes on byte for byte, but with a cap that is always said", () => {
    expect(
      parse('{"prompt" : "h\\u00e9","model":"m","suffix":"x","top_k":1.0}').rewrite(to()).toString(),
    ).toBe('{"max_tokens":16,"prompt" : "h\\u00e9","model":"up","suffix":"x","top_k":1.0}');
    expect(parse('{"prompt":"a","model":"up","max_tokens":50}').rewrite(to()).toString()).toBe(
      '{"prompt":"a","model":"up","max_tokens":50}',
    );
    const clamped = parse({ max_tokens: 50, stream: true, usage: { include: true } }).rewrite(
      to({ capTokens: 20 }),
    );
    expect(JSON.parse(clamped.toString())).toEqual({
      model: "up",
      prompt: "p",
      max_tokens: 20,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("becomes a chat with one message", () => {
    expect(
      parse({ temperature: 0, stop: ["x"], user: null, echo: false, stream: true }).toChat(to()),
    ).toEqual({
      model: "up",
      messages: [{ role: "user", content: "p" }],
      temperature: 0,
      stop: ["x"],
      max_tokens: 16,
      stream: true,
      stream_options: { include_usage: true },
    });
    const model = { reasoning: true } as CatalogModel;
    expect(parse({ max_tokens: 50 }).toChat(to({ model, capTokens: 20 }))).toMatchObject({
      max_completion_tokens: 20,
    });
  });

  it.each([
    [{ prompt: ["a", "b"] }, "prompt"],
    [{ prompt: [1, 2] }, "prompt"],
    [{ suffix: "x" }, "suffix"],
    [{ echo: true }, "echo"],
  ])("cannot become a chat with %j", (body, param) => {
    expect(() => parse(body).toChat(to())).toThrow(
      expect.objectContaining({ code: "unsupported_capability", param }),
    );
  });

  it("has a chat's logprobs in its own form, whole and in pieces", () => {
    expect(parse({ logprobs: 2 }).toChat(to())).toMatchObject({ logprobs: true, top_logprobs: 2 });
    expect(parse({ logprobs: 0 }).toChat(to())).not.toHaveProperty("top_logprobs");
    const content = [
      { token: "Hel", logprob: -0.1, top_logprobs: [{ token: "Hal", logprob: -2 }] },
      { token: "lo", logprob: -0.2, top_logprobs: [] },
    ];
    const chat = {
      choices: [{ index: 0, message: { content: "Hello" }, logprobs: { content }, finish_reason: "stop" }],
    };
    const whole = {
      tokens: ["Hel", "lo"],
      token_logprobs: [-0.1, -0.2],
      top_logprobs: [{ Hal: -2 }, {}],
      text_offset: [0, 3],
    };
    expect(parse({ logprobs: 1 }).fromCompletion(chat, SETTLED)).toMatchObject({
      choices: [{ logprobs: whole }],
    });
    const told: { choices: { logprobs: object }[] }[] = [];
    const face = parse({ stream: true }).openFace({ event: (data) => told.push(JSON.parse(data)) });
    for (const one of content) {
      face.chunk({ choices: [{ index: 0, delta: { content: one.token }, logprobs: { content: [one] } }] });
    }
    expect(told.map((chunk) => chunk.choices[0]?.logprobs)).toMatchObject([
      { tokens: ["Hel"], text_offset: [0] },
      { tokens: ["lo"], text_offset: [3] },
    ]);
  });

  it("is answered from a chat completion", () => {
    const message = { role: "assistant", content: "Hello", reasoning_content: "hm" };
    const chat = {
      id: "c1",
      created: 5,
      model: "up",
      choices: [{ index: 0, message, finish_reason: "length" }],
    };
    expect(parse({}).fromCompletion(chat, SETTLED)).toEqual({
      id: "c1",
      object: "text_completion",
      created: 5,
      model: "up",
      choices: [{ text: "Hello", index: 0, logprobs: null, finish_reason: "length" }],
      usage: expect.objectContaining({ prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }),
    });
    expect(parse({}).amend({ choices: [] }, SETTLED)).toBeNull();
    expect(parse({ usage: { include: true } }).amend({ usage: { prompt_tokens: 7 } }, SETTLED)).toEqual({
      usage: { prompt_tokens: 7, cost: COST_MARK },
    });
  });
});

describe("its stream", () => {
  const open = (body: object = {}) => {
    const events: string[] = [];
    const face = parse({ stream: true, ...body }).openFace({ event: (data) => events.push(data) });
    return { events, face, read: () => events.map((data) => (data === "[DONE]" ? data : JSON.parse(data))) };
  };
  const native = (face: ReturnType<typeof open>["face"], chunk: object) =>
    face.native(JSON.stringify(chunk), chunk as Record<string, unknown>, null);
  const observer = new AnswerObserver();
  const chat = (delta: object, reason: string | null = null) => ({
    id: "c1",
    created: 5,
    model: "up",
    choices: [{ index: 0, delta, finish_reason: reason }],
  });

  it("passes chunks on as they came, and keeps usage from who did not ask", () => {
    const { events, face } = open();
    face.native('{ "choices":[{"text":"a","index":0}] }', { choices: [{ text: "a", index: 0 }] }, null);
    native(face, { choices: [{ text: "", index: 0, finish_reason: "stop" }], usage: { prompt_tokens: 7 } });
    native(face, { choices: [], usage: { prompt_tokens: 7 } });
    face.complete(SETTLED, observer);
    expect(events).toEqual([
      '{ "choices":[{"text":"a","index":0}] }',
      '{"choices":[{"text":"","index":0,"finish_reason":"stop"}]}',
      "[DONE]",
    ]);
  });

  it("gives usage last to who asked, with the cost where that is asked for", () => {
    const { face, read } = open({ stream_options: { include_usage: true } });
    native(face, { id: "x", choices: [], usage: { prompt_tokens: 7 } });
    face.complete(SETTLED, observer);
    expect(read()).toEqual([{ id: "x", choices: [], usage: { prompt_tokens: 7 } }, "[DONE]"]);
    const costly = open({ usage: { include: true } });
    costly.face.complete(SETTLED, observer);
    expect(costly.read()).toMatchObject([
      { object: "text_completion", choices: [], usage: { prompt_tokens: 7, cost: 0.0000015 } },
      "[DONE]",
    ]);
  });

  it("is made of a chat's chunks, text alone", () => {
    const { face, read } = open();
    face.chunk(chat({ role: "assistant", content: "" }));
    face.chunk(chat({ reasoning_content: "hm" }));
    face.chunk(chat({ content: "Hello" }));
    face.chunk(chat({}, "stop"));
    face.complete(SETTLED, observer);
    expect(read()).toEqual([
      {
        id: "c1",
        object: "text_completion",
        created: 5,
        model: "up",
        choices: [{ text: "Hello", index: 0, logprobs: null, finish_reason: null }],
      },
      expect.objectContaining({ choices: [{ text: "", index: 0, logprobs: null, finish_reason: "stop" }] }),
      "[DONE]",
    ]);
  });

  it("ends with length when it is cut, and with the error when it fails", () => {
    const cut = open();
    cut.face.chunk(chat({ content: "Hel" }));
    cut.face.cut(SETTLED, observer);
    expect(cut.read().slice(1)).toMatchObject([
      { choices: [{ text: "", finish_reason: "length" }] },
      "[DONE]",
    ]);
    const thinking = open();
    thinking.face.chunk(chat({ reasoning_content: "hm" }));
    thinking.face.cut(SETTLED, observer);
    expect(thinking.read()).toMatchObject([{ choices: [{ text: "", finish_reason: "length" }] }, "[DONE]"]);
    const failed = open();
    failed.face.fail('{"error":{}}');
    expect(failed.events).toEqual(['{"error":{}}', "[DONE]"]);
  });
});
