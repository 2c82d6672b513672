import { describe, expect, test } from "vitest";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { bodyFromChat } from "./body-from-chat";

const ask = (content: unknown) => ({ role: "user", content });

function translate(
  chat: Json,
  to: { id?: string; capTokens?: number | null; reasoning?: boolean; maxOutputTokens?: number } = {},
): Json {
  const { id = "claude-sonnet-4-5", capTokens = null, reasoning = true, maxOutputTokens = 64_000 } = to;
  const model = { id: "m", reasoning, maxOutputTokens } as CatalogModel;
  return bodyFromChat({ model: "x", messages: [ask("Hi")], ...chat }, { upstreamId: id, model, capTokens });
}

describe("the least", () => {
  test("a question with nothing around it", () => {
    expect(translate({})).toEqual({
      model: "claude-sonnet-4-5",
      max_tokens: 64_000,
      messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
    });
  });

  test("max_tokens: the caller's, never more than the model's, the wallet's cap above all", () => {
    expect(translate({ max_tokens: 100 }).max_tokens).toBe(100);
    expect(translate({ max_tokens: 100, max_completion_tokens: 200 }).max_tokens).toBe(200);
    expect(translate({ max_tokens: 1_000_000 }).max_tokens).toBe(64_000);
    expect(translate({ max_tokens: 5_000 }, { capTokens: 50 }).max_tokens).toBe(50);
  });

  test("what Anthropic has no word for is left out", () => {
    const chat = {
      seed: 1,
      logit_bias: {},
      frequency_penalty: 1,
      store: true,
      stream_options: {},
      verbosity: "low",
    };
    expect(Object.keys(translate({ ...chat, logprobs: false, n: 1 }))).toEqual(Object.keys(translate({})));
  });

  test.each([
    ["n", { n: 2 }],
    ["logprobs", { logprobs: true }],
    ["top_logprobs", { top_logprobs: 3 }],
    ["modalities", { modalities: ["text", "audio"] }],
    ["messages[0].content[0]", { messages: [ask([{ type: "input_audio", input_audio: {} }])] }],
    ["messages[0].content[0]", { messages: [ask([{ type: "video_url", video_url: {} }])] }],
    [
      "messages[0].content[0]",
      { messages: [ask([{ type: "file", file: { file_data: "data:text/csv;base64,YQ==" } }])] },
    ],
    [
      "messages[0].content[0].image_url.url",
      { messages: [ask([{ type: "image_url", image_url: { url: "ftp://x" } }])] },
    ],
  ])("%s that Claude cannot have is refused by name", (param, chat) => {
    expect(() => translate(chat)).toThrow(expect.objectContaining({ code: "unsupported_capability", param }));
  });

  test("stop, user, stream", () => {
    expect(translate({ stop: "END", user: "u1", stream: true })).toMatchObject({
      stop_sequences: ["END"],
      metadata: { user_id: "u1" },
      stream: true,
    });
    expect(translate({ stop: ["a", " \n"] }).stop_sequences).toEqual(["a"]);
  });
});

describe("sampling", () => {
  test("temperature is held to 1, and one of the two is enough", () => {
    expect(translate({ temperature: 1.7, top_p: 0.5, top_k: 40 })).toMatchObject({
      temperature: 1,
      top_k: 40,
    });
    expect(translate({ temperature: 1.7, top_p: 0.5 })).not.toHaveProperty("top_p");
    expect(translate({ top_p: 0.5 })).toMatchObject({ top_p: 0.5 });
  });

  test("none where the model refuses it: the newest, and while thinking", () => {
    const chat = { temperature: 0.7, top_p: 0.9 };
    for (const body of [
      translate(chat, { id: "claude-opus-4-8" }),
      translate({ ...chat, reasoning_effort: "low" }),
    ]) {
      expect(body).not.toHaveProperty("temperature");
      expect(body).not.toHaveProperty("top_p");
    }
  });
});

describe("thinking", () => {
  test.each([
    [{ reasoning_effort: "low" }, 10_000, 2_000],
    [{ reasoning_effort: "high" }, 10_000, 8_000],
    [{ reasoning_effort: "high" }, 64_000, 32_000],
    [{ reasoning_effort: "minimal" }, 4_000, 1_024],
    [{ thinking: { type: "enabled", budget_tokens: 3_000 } }, 10_000, 3_000],
    [{ thinking: { type: "enabled", budget_tokens: 30_000 } }, 10_000, 9_999],
    [{ reasoning: { max_tokens: 5_000 } }, 10_000, 5_000],
    [{ reasoning: { effort: "medium" } }, 10_000, 5_000],
    [{ reasoning: { enabled: true } }, 10_000, 5_000],
  ])("%j with %i tokens of output has a budget of %i", (chat, maxTokens, budget) => {
    expect(translate({ ...chat, max_tokens: maxTokens }).thinking).toEqual({
      type: "enabled",
      budget_tokens: budget,
    });
  });

  test.each([
    { reasoning_effort: "none" },
    { thinking: { type: "disabled" } },
    { reasoning: { enabled: false } },
    { reasoning_effort: "high", max_tokens: 1_024 },
    { reasoning_effort: "nonsense" },
    {
      reasoning_effort: "high",
      tool_choice: "required",
      tools: [{ type: "function", function: { name: "f" } }],
    },
  ])("%j: no thinking", (chat) => {
    expect(translate(chat)).not.toHaveProperty("thinking");
  });

  test("a model that does not reason is not asked to", () => {
    expect(translate({ reasoning_effort: "high" }, { reasoning: false })).not.toHaveProperty("thinking");
  });

  test("newer models think as much as they see fit, at an effort they know", () => {
    const adaptive = { type: "adaptive", display: "summarized" };
    expect(translate({ reasoning_effort: "high" }, { id: "claude-opus-4-8" })).toMatchObject({
      thinking: adaptive,
      output_config: { effort: "high" },
    });
    expect(translate({ reasoning_effort: "minimal" }, { id: "claude-fable-5" })).toMatchObject({
      output_config: { effort: "low" },
    });
    expect(translate({ reasoning_effort: "xhigh" }, { id: "anthropic/claude-sonnet-4.6" })).toMatchObject({
      thinking: adaptive,
      output_config: { effort: "high" },
    });
    expect(
      translate({ thinking: { type: "enabled", budget_tokens: 9_000 } }, { id: "claude-opus-5" }),
    ).toMatchObject({ thinking: adaptive });
    const none = translate({ reasoning_effort: "none" }, { id: "claude-opus-5" });
    expect(none).toMatchObject({ output_config: { effort: "low" } });
    expect(none).not.toHaveProperty("thinking");
  });

  test.each([
    ["claude-3-7-sonnet-20250219", "enabled"],
    ["claude-opus-4-20250514", "enabled"],
    ["claude-opus-4-1-20250805", "enabled"],
    ["claude-haiku-4-5-20251001", "enabled"],
    ["us.anthropic.claude-opus-4-6-v1:0", "adaptive"],
    ["claude-mythos-preview", "adaptive"],
    ["claude-opus-5-5", "adaptive"],
    ["deepseek-v4", "enabled"],
  ])("%s thinks %s", (id, type) => {
    expect(translate({ reasoning_effort: "medium" }, { id })).toMatchObject({ thinking: { type } });
  });

  test("not in the middle of calling tools whose thinking is gone, because a budget is refused then", () => {
    const call = { id: "c1", type: "function", function: { name: "f", arguments: "{}" } };
    const messages = (more: Json) => [
      ask("Hi"),
      { role: "assistant", content: null, tool_calls: [call], ...more },
      { role: "tool", tool_call_id: "c1", content: "ok" },
    ];
    const lost = translate({ reasoning_effort: "high", messages: messages({}) });
    expect(lost).not.toHaveProperty("thinking");
    const details = [
      { type: "reasoning.text", text: "Hm", signature: "s", format: "anthropic-claude-v1", index: 0 },
    ];
    const kept = translate({ reasoning_effort: "high", messages: messages({ reasoning_details: details }) });
    expect(kept).toHaveProperty("thinking");
  });
});

describe("structured output", () => {
  const schema = {
    type: "object",
    properties: {
      age: { type: "integer", minimum: 0, description: "minimum age" },
      minimum: { type: "string", maxLength: 3 },
      tags: { type: "array", minItems: 3, items: { type: "object", properties: {} } },
    },
    required: ["age", "minimum"],
  };

  test("a schema, closed and without the limits that Anthropic refuses; names stay names", () => {
    const format = { type: "json_schema", json_schema: { name: "person", strict: true, schema } };
    expect(translate({ response_format: format }).output_config).toEqual({
      format: {
        type: "json_schema",
        schema: {
          type: "object",
          properties: {
            age: { type: "integer", description: "minimum age" },
            minimum: { type: "string" },
            tags: { type: "array", items: { type: "object", properties: {}, additionalProperties: false } },
          },
          required: ["age", "minimum"],
          additionalProperties: false,
        },
      },
    });
  });

  test("any JSON object is asked for in words", () => {
    const body = translate({ response_format: { type: "json_object" } });
    expect(body.system).toEqual([{ type: "text", text: expect.stringContaining("JSON object") }]);
    expect(body).not.toHaveProperty("output_config");
  });
});
