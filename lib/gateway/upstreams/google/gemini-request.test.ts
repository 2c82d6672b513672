import { describe, expect, it } from "vitest";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { toGeminiRequest } from "./gemini-request";

const ask = (chat: Json, upstreamId = "gemini-2.5-flash", capTokens: number | null = null): Json =>
  toGeminiRequest(
    { messages: [{ role: "user", content: "hi" }], ...chat },
    { upstreamId, capTokens, model: { reasoning: true } as CatalogModel },
  );
const contents = (messages: Json[], upstreamId?: string) => ask({ messages }, upstreamId);
const config = (chat: Json, upstreamId?: string) => ask(chat, upstreamId).generationConfig as Json;
const tool = (name: string, parameters?: unknown) => ({ type: "function", function: { name, parameters } });
const call = (id: string, name: string, args = "{}", more: Json = {}) => ({
  id,
  type: "function",
  function: { name, arguments: args },
  ...more,
});

describe("messages", () => {
  it("puts the first system and developer messages into the instruction, and leaves later ones in place", () => {
    expect(
      contents([
        { role: "system", content: "Be brief." },
        {
          role: "developer",
          content: [{ type: "text", text: "Be kind.", cache_control: { type: "ephemeral" } }],
        },
        { role: "user", content: "a" },
        { role: "system", content: "Now in French." },
        { role: "assistant", content: "b" },
        { role: "user", content: [{ type: "text", text: "c" }, "d"] },
      ]),
    ).toMatchObject({
      systemInstruction: { parts: [{ text: "Be brief." }, { text: "Be kind." }] },
      contents: [
        { role: "user", parts: [{ text: "a" }, { text: "Now in French." }] },
        { role: "model", parts: [{ text: "b" }] },
        { role: "user", parts: [{ text: "c" }, { text: "d" }] },
      ],
    });
  });

  it("never sends contents without a beginning by the user", () => {
    expect(contents([{ role: "system", content: "x" }])).toMatchObject({
      contents: [{ role: "user", parts: [{ text: "x" }] }],
    });
    expect(contents([{ role: "system", content: "x" }])).not.toHaveProperty("systemInstruction");
    expect(
      contents([
        { role: "assistant", content: "b" },
        { role: "user", content: "" },
        { role: "user", content: "c" },
      ]).contents,
    ).toEqual([
      { role: "user", parts: [{ text: " " }] },
      { role: "model", parts: [{ text: "b" }] },
      { role: "user", parts: [{ text: "c" }] },
    ]);
  });

  it("never sends contents without any part", () => {
    expect(contents([{ role: "user", content: "" }]).contents).toEqual([
      { role: "user", parts: [{ text: " " }] },
    ]);
    expect(contents([{ role: "user", content: [] }]).contents).toEqual([
      { role: "user", parts: [{ text: " " }] },
    ]);
  });

  it("gives Gemma its instruction as the user's, since it knows no other", () => {
    const messages = [
      { role: "system", content: "x" },
      { role: "user", content: "y" },
    ];
    expect(contents(messages, "gemma-3-27b-it")).toMatchObject({
      contents: [{ role: "user", parts: [{ text: "x" }, { text: "y" }] }],
    });
  });

  it("matches results with their calls by id, several in one turn, whatever their order", () => {
    const body = contents([
      { role: "user", content: "weather?" },
      {
        role: "assistant",
        content: null,
        tool_calls: [call("c1", "look_up", '{"city":"Bern"}'), call("c2", "clock")],
      },
      { role: "tool", tool_call_id: "c2", content: "noon" },
      { role: "tool", tool_call_id: "c1", content: [{ type: "text", text: "sunny" }] },
      { role: "user", content: "thanks" },
    ]);
    expect(body.contents).toEqual([
      { role: "user", parts: [{ text: "weather?" }] },
      {
        role: "model",
        parts: [
          { functionCall: { id: "c1", name: "look_up", args: { city: "Bern" } } },
          { functionCall: { id: "c2", name: "clock", args: {} } },
        ],
      },
      {
        role: "user",
        parts: [
          { functionResponse: { id: "c2", name: "clock", response: { output: "noon" } } },
          { functionResponse: { id: "c1", name: "look_up", response: { output: "sunny" } } },
        ],
      },
      { role: "user", parts: [{ text: "thanks" }] },
    ]);
  });

  it("takes the older function_call, input that is no object, and refuses a result of no call", () => {
    expect(
      contents([
        { role: "user", content: "x" },
        { role: "assistant", content: "", function_call: { name: "f", arguments: "not json" } },
        { role: "function", name: "f", content: "1" },
      ]).contents,
    ).toMatchObject([
      {},
      { parts: [{ functionCall: { name: "f", args: { input: "not json" } } }] },
      { parts: [{ functionResponse: { name: "f", response: { output: "1" } } }] },
    ]);
    expect(() => contents([{ role: "tool", tool_call_id: "lost", content: "1" }])).toThrow(
      /messages\[0\]\.tool_call_id/,
    );
  });

  it("brings signatures back where they came from, and excuses calls that have none from Gemini 3 on", () => {
    const messages = [
      { role: "user", content: "x" },
      {
        role: "assistant",
        content: "I look.",
        reasoning_content: "hm",
        reasoning_details: [
          { type: "reasoning.text", text: "hm", format: "google-gemini-v1", index: 0 },
          { type: "reasoning.encrypted", data: "c2ln", format: "google-gemini-v1", index: 1 },
          { type: "reasoning.encrypted", data: "foreign", format: "anthropic-claude-v1", index: 2 },
        ],
        tool_calls: [call("c1", "f", "{}", { extra_content: { google: { thought_signature: "YWJj" } } })],
      },
      { role: "tool", tool_call_id: "c1", content: "1" },
      { role: "assistant", tool_calls: [call("c2", "f"), call("c3", "f")] },
      { role: "tool", tool_call_id: "c2", content: "1" },
      { role: "tool", tool_call_id: "c3", content: "1" },
    ];
    const parts = (upstreamId: string) =>
      (contents(messages, upstreamId).contents as { role: string; parts: Json[] }[])
        .filter(({ role }) => role === "model")
        .map((content) => content.parts.map((part) => part.thoughtSignature));
    expect(parts("gemini-3.5-flash")).toEqual([
      ["c2ln", "YWJj"],
      ["skip_thought_signature_validator", undefined],
    ]);
    expect(parts("gemini-2.5-flash")).toEqual([
      ["c2ln", "YWJj"],
      [undefined, undefined],
    ]);
  });
});

describe("media", () => {
  const image = (url: string, detail?: string) => ({ type: "image_url", image_url: { url, detail } });
  const user = (...content: unknown[]) => [{ role: "user", content }];

  it("moves data without reading it, cut as it may be", () => {
    expect(
      contents(
        user(
          image("data:image/jpg;base64,/9j/4AAQ;cut-abc-0"),
          { type: "input_audio", input_audio: { data: "UklGRg", format: "mp3" } },
          { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERi0" } },
        ),
      ).contents,
    ).toEqual([
      {
        role: "user",
        parts: [
          { inlineData: { mimeType: "image/jpeg", data: "/9j/4AAQ;cut-abc-0" } },
          { inlineData: { mimeType: "audio/mp3", data: "UklGRg" } },
          { inlineData: { mimeType: "application/pdf", data: "JVBERi0" } },
        ],
      },
    ]);
  });

  it("has Google fetch public addresses, and nothing else", () => {
    expect(contents(user(image("https://example.org/a.png?x=1"))).contents).toMatchObject([
      { parts: [{ fileData: { mimeType: "image/png", fileUri: "https://example.org/a.png?x=1" } }] },
    ]);
    for (const url of [
      "http://example.org/a.png",
      "gs://bucket/a.png",
      "file:///etc/passwd",
      "https://generativelanguage.googleapis.com/v1beta/files/abc",
      "https://www.youtube.com/watch?v=abc",
      "https://user:pass@example.org/a.png",
    ]) {
      expect(() => contents(user(image(url))), url).toThrow(
        expect.objectContaining({
          code: "unsupported_capability",
          param: "messages[0].content[0].image_url",
        }),
      );
    }
    expect(() => contents(user(image("https://example.org/a.png")), "gemini-2.0-flash")).toThrow(/data URL/);
    expect(() => contents(user({ type: "video_url", video_url: {} }))).toThrow(/video_url/);
  });

  it("puts images of tools into their result from Gemini 3 on, and after the results before", () => {
    const messages = [
      { role: "user", content: "x" },
      { role: "assistant", tool_calls: [call("c1", "shot"), call("c2", "clock")] },
      { role: "tool", tool_call_id: "c1", content: [image("data:image/png;base64,iVBO")] },
      { role: "tool", tool_call_id: "c2", content: "noon" },
    ];
    const inlineData = { mimeType: "image/png", data: "iVBO" };
    expect(contents(messages, "gemini-3-pro-preview").contents).toMatchObject([
      {},
      {},
      {
        parts: [
          { functionResponse: { response: { output: "(image)" }, parts: [{ inlineData }] } },
          { functionResponse: { name: "clock" } },
        ],
      },
    ]);
    expect(contents(messages, "gemini-2.5-pro").contents).toMatchObject([
      {},
      {},
      { parts: [{ functionResponse: { name: "shot" } }, { functionResponse: { name: "clock" } }] },
      { role: "user", parts: [{ inlineData }] },
    ]);
  });

  it("asks for low resolution where every image is wanted so", () => {
    const low = image("data:image/png;base64,iVBO", "low");
    const high = image("data:image/png;base64,iVBO", "high");
    expect(config({ messages: user(low, low) }).mediaResolution).toBe("MEDIA_RESOLUTION_LOW");
    expect(config({ messages: user(low, high) }).mediaResolution).toBeUndefined();
  });
});

describe("tools", () => {
  it("declares functions with their schema, and leaves other tools out", () => {
    expect(
      ask({
        tools: [
          tool("look_up", { type: "object", properties: { city: { type: "string" } }, required: ["city"] }),
          tool("now", { type: "object", properties: {} }),
          { type: "web_search" },
        ],
      }),
    ).toMatchObject({
      tools: [
        {
          functionDeclarations: [
            {
              name: "look_up",
              parametersJsonSchema: {
                type: "object",
                properties: { city: { type: "string" } },
                required: ["city"],
              },
            },
            { name: "now" },
          ],
        },
      ],
    });
    expect(ask({ tools: [{ type: "web_search" }] })).not.toHaveProperty("tools");
  });

  it.each([
    ["auto", undefined],
    ["none", { mode: "NONE" }],
    ["required", { mode: "ANY" }],
    [
      { type: "function", function: { name: "f" } },
      { mode: "ANY", allowedFunctionNames: ["f"] },
    ],
    [{ name: "f" }, { mode: "ANY", allowedFunctionNames: ["f"] }],
    [
      { type: "allowed_tools", allowed_tools: { mode: "auto", tools: [tool("f")] } },
      { mode: "VALIDATED", allowedFunctionNames: ["f"] },
    ],
  ])("chooses %j", (choice, expected) => {
    const body = ask({ tools: [tool("f"), tool("g")], tool_choice: choice });
    expect((body.toolConfig as Json | undefined)?.functionCallingConfig).toEqual(expected);
  });

  it("refuses to be made to call what is no function", () => {
    expect(() =>
      ask({ tools: [tool("f")], tool_choice: { type: "function", function: { name: "g" } } }),
    ).toThrow(expect.objectContaining({ code: "unsupported_capability", param: "tool_choice" }));
  });
});

describe("settings", () => {
  it("carries over what there is a name for", () => {
    expect(
      config({
        max_tokens: 50,
        max_completion_tokens: 60,
        temperature: 0.5,
        top_p: 0.9,
        top_k: 5,
        seed: 2_147_483_650,
        stop: ["a", "", "b"],
        n: 2,
        logprobs: true,
        top_logprobs: 3,
        presence_penalty: 0,
        frequency_penalty: 0,
        unknown: 1,
      }),
    ).toEqual({
      maxOutputTokens: 60,
      temperature: 0.5,
      topP: 0.9,
      topK: 5,
      seed: 3,
      stopSequences: ["a", "b"],
      candidateCount: 2,
      responseLogprobs: true,
      logprobs: 3,
      thinkingConfig: { includeThoughts: true },
    });
    expect(ask({ max_tokens: 50 }, "gemini-2.5-flash", 20).generationConfig).toMatchObject({
      maxOutputTokens: 20,
    });
    expect(config({ presence_penalty: 0.5 })).not.toHaveProperty("presencePenalty");
    expect(config({ presence_penalty: 0.5 }, "gemini-3.5-flash")).toMatchObject({ presencePenalty: 0.5 });
  });

  it("asks for JSON, with a schema where there is one", () => {
    const format = {
      type: "json_schema",
      json_schema: { name: "x", strict: true, schema: { type: "object", $schema: "y", properties: {} } },
    };
    expect(config({ response_format: format })).toMatchObject({
      responseMimeType: "application/json",
      responseJsonSchema: { type: "object", properties: {} },
    });
    expect(config({ response_format: { type: "json_object" } })).not.toHaveProperty("responseJsonSchema");
    expect(config({ response_format: { type: "text" } })).not.toHaveProperty("responseMimeType");
    expect(() => ask({ response_format: format, tools: [tool("f")] })).toThrow(/tools and answer in JSON/);
    expect(ask({ response_format: format, tools: [tool("f")] }, "gemini-3.5-flash")).toHaveProperty("tools");
  });

  it.each([
    [{ n: 9 }, "n"],
    [{ stop: ["a", "b", "c", "d", "e", "f"] }, "stop"],
    [{ modalities: ["text", "audio"] }, "modalities"],
    [{ modalities: ["image", "text"] }, "modalities"],
  ])("refuses %j", (chat, param) => {
    expect(() => ask(chat)).toThrow(expect.objectContaining({ code: "unsupported_capability", param }));
  });

  it.each([
    ["gemini-2.5-flash", { reasoning_effort: "none" }, { includeThoughts: false, thinkingBudget: 0 }],
    ["gemini-2.5-pro", { reasoning_effort: "none" }, { includeThoughts: false, thinkingBudget: 128 }],
    ["gemini-2.5-flash-lite", { reasoning_effort: "low" }, { includeThoughts: true, thinkingBudget: 1_024 }],
    [
      "gemini-2.5-flash-lite",
      { thinking: { type: "enabled", budget_tokens: 100 } },
      { includeThoughts: true, thinkingBudget: 512 },
    ],
    [
      "gemini-2.5-pro",
      { thinking: { type: "enabled", budget_tokens: 99_000 }, reasoning_effort: "low" },
      { includeThoughts: true, thinkingBudget: 32_768 },
    ],
    [
      "gemini-3-pro-preview",
      { reasoning_effort: "medium" },
      { includeThoughts: true, thinkingLevel: "high" },
    ],
    [
      "gemini-3.1-pro-preview",
      { reasoning_effort: "medium" },
      { includeThoughts: true, thinkingLevel: "medium" },
    ],
    [
      "gemini-3.5-flash",
      { thinking: { type: "disabled" } },
      { includeThoughts: false, thinkingLevel: "minimal" },
    ],
    [
      "gemini-3.5-flash",
      { thinking: { type: "enabled", budget_tokens: 4_000 } },
      { includeThoughts: true, thinkingLevel: "medium" },
    ],
    ["gemini-flash-latest", { reasoning_effort: "xhigh" }, { includeThoughts: true, thinkingLevel: "high" }],
    ["gemini-3.5-flash", { reasoning: { exclude: true } }, { includeThoughts: false }],
    ["gemini-2.0-flash", { reasoning_effort: "high" }, undefined],
  ])("%s thinks with %j", (upstreamId, chat, expected) => {
    expect(config(chat, upstreamId).thinkingConfig).toEqual(expected);
  });

  it("says nothing of thinking to a model that does not", () => {
    const body = toGeminiRequest(
      { messages: [{ role: "user", content: "x" }], reasoning_effort: "high" },
      { upstreamId: "gemini-2.5-flash", capTokens: null, model: { reasoning: false } as CatalogModel },
    );
    expect(body.generationConfig).toEqual({});
  });
});
