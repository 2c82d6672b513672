import { describe, expect, test } from "vitest";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { NO_TOKENS } from "@/lib/gateway/price-call";
import { MessagesRequest } from "./messages-request";
import { parseMessages } from "./parse-messages";

const least = { model: "claude", max_tokens: 100, messages: [{ role: "user", content: "Hi" }] };
const bytesOf = (body: Json) => Buffer.from(JSON.stringify(body));
const parse = (more: Json = {}) => MessagesRequest.parse(bytesOf({ ...least, ...more }), {});
const said = (...content: unknown[]) => ({ messages: [{ role: "user", content }] });
const model = { id: "claude", reasoning: true, maxOutputTokens: 64_000 } as CatalogModel;
const to = { upstreamId: "claude", model, capTokens: null };

describe("reading", () => {
  test("the least there is", () => {
    expect(parse()).toMatchObject({
      dialect: "messages",
      model: "claude",
      maxTokens: 100,
      stream: false,
      answers: 1,
      images: [],
      hasTools: false,
      structured: false,
      forward: {},
    });
  });

  test.each<[string, Json]>([
    ["model", { model: 7 }],
    ["max_tokens", { max_tokens: undefined }],
    ["max_tokens", { max_tokens: 0 }],
    ["max_tokens", { max_tokens: -5 }],
    ["max_tokens", { max_tokens: 1e12 }],
    ["max_tokens", { max_tokens: "100" }],
    ["messages", { messages: [] }],
    ["messages", { messages: "Hi" }],
    ["messages.0", { messages: ["Hi"] }],
    ["messages.0.role", { messages: [{ content: "Hi" }] }],
    ["messages.0.content", { messages: [{ role: "user", content: 7 }] }],
    ["messages.0.content", { messages: [{ role: "user" }] }],
    ["messages.0.content.0", said("Hi")],
    ["messages.0.content.1.type", said({ type: "text", text: "a" }, {})],
    ["messages.0.content.0.text", said({ type: "text" })],
    ["messages.0.content.0.source", said({ type: "image" })],
    ["messages.0.content.0.source.data", said({ type: "image", source: { type: "base64" } })],
    ["messages.0.content.0.source.url", said({ type: "image", source: { type: "url" } })],
    ["messages.0.content.0.source", said({ type: "image", source: { type: "file", file_id: "f" } })],
    ["messages.0.content.0.source", said({ type: "document", source: { type: "file", file_id: "f" } })],
    ["messages.0.content.0", said({ type: "container_upload", file_id: "f" })],
    ["messages.0.content.0.tool_use_id", said({ type: "tool_result", content: "x" })],
    [
      "messages.0.content.0.content.0.text",
      said({ type: "tool_result", tool_use_id: "t", content: [{ type: "text" }] }),
    ],
    ["system", { system: 5 }],
    ["system.0.text", { system: [{ type: "text" }] }],
    ["stream", { stream: "yes" }],
    ["tools", { tools: {} }],
    ["tools.0", { tools: ["f"] }],
    ["tools.0.name", { tools: [{ input_schema: {} }] }],
    ["thinking", { thinking: true }],
    ["output_config", { output_config: [] }],
    ["output_config.format", { output_config: { format: "json" } }],
    ["service_tier", { service_tier: "priority" }],
    ["container", { container: "c1" }],
  ])("%s of the wrong kind is named: %j", (param, more) => {
    const error = expect.objectContaining({
      code: "invalid_request_error",
      param,
      message: expect.stringContaining(param.split(".")[0] ?? ""),
    });
    expect(() => parse(more)).toThrow(error);
  });

  test.each<[string, Json]>([
    ["tools.0.type", { tools: [{ type: "web_search_20250305", name: "web_search" }] }],
    ["tools.0.type", { tools: [{ type: "web_fetch_20260318", name: "web_fetch" }] }],
    ["tools.0.type", { tools: [{ type: "code_execution_20260521", name: "code_execution" }] }],
    ["tools.0.type", { tools: [{ type: "mcp_toolset", mcp_server_name: "x" }] }],
    ["tools.0.type", { tools: [{ type: "brand_new_20270101", name: "brand_new" }] }],
    [
      "messages.0.content.0.tool.definition.type",
      said({
        type: "tool_addition",
        tool: { definition: { type: "web_search_20260318", name: "web_search" } },
      }),
    ],
    ["mcp_servers", { mcp_servers: [{ type: "url", url: "https://x.example" }] }],
    ["fallbacks", { fallbacks: "default" }],
    ["speed", { speed: "fast" }],
    ["inference_geo", { inference_geo: "us" }],
    ["context_management.edits", { context_management: { edits: [{ type: "compact_20260112" }] } }],
    [
      "messages.0.content.0.source",
      said({ type: "document", source: { type: "url", url: "https://x/a.pdf" } }),
    ],
  ])("%s costs apart from this call's tokens and is refused: %j", (param, more) => {
    expect(() => parse(more)).toThrow(expect.objectContaining({ code: "unsupported_capability", param }));
  });

  test("what clients send beside it passes: their own tools, betas, fields of tomorrow", () => {
    const tools = [
      { name: "Read", input_schema: { type: "object" } },
      { type: "custom", name: "Write", input_schema: { type: "object" }, defer_loading: true },
      { type: "bash_20250124", name: "bash" },
      { type: "text_editor_20250728", name: "str_replace_based_edit_tool" },
      { type: "memory_20250818", name: "memory" },
      { type: "tool_search_tool_bm25", name: "tool_search_tool_bm25" },
      { type: "brand_new", name: "x", input_schema: { type: "object" } },
    ];
    const request = parse({
      tools,
      thinking: { type: "adaptive", display: "omitted" },
      context_management: { edits: [{ type: "clear_thinking_20251015" }] },
      output_config: { effort: "high", format: { type: "json_schema", schema: {} } },
      service_tier: "standard_only",
      mcp_servers: [],
      brand_new: { a: 1 },
    });
    expect(request).toMatchObject({ hasTools: true, structured: true });
    expect(request.rewrite(to)).toEqual(request.bytes);
  });

  test("anthropic-version and anthropic-beta are handed on, as they are; nothing else is", () => {
    const headers = {
      "anthropic-version": "2026-10-21",
      "anthropic-beta": "claude-code-20250219,context-management-2025-06-27",
      "x-api-key": "sk-tg-secret",
      "anthropic-dangerous-direct-browser-access": "true",
    };
    const { forward } = MessagesRequest.parse(bytesOf(least), headers);
    expect(forward).toEqual({
      "anthropic-version": "2026-10-21",
      "anthropic-beta": "claude-code-20250219,context-management-2025-06-27",
    });
    for (const bad of ["a\u0001", "é", "x".repeat(5_000)]) {
      expect(() => MessagesRequest.parse(bytesOf(least), { "anthropic-beta": bad })).toThrow(
        expect.objectContaining({ code: "invalid_request_error" }),
      );
    }
  });

  test("counting knows no max_tokens", () => {
    expect(parseMessages(bytesOf({ ...least, max_tokens: undefined }), {}, true).maxTokens).toBeNull();
  });

  test("images, also in results of tools and in documents, with the bytes that were cut; PDF files as one more", () => {
    const data = Buffer.alloc(30_000, 7).toString("base64");
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data } };
    const small = { type: "image", source: { type: "url", url: "https://x.example/a.png" } };
    const request = parse(
      said(
        image,
        { type: "tool_result", tool_use_id: "t", content: [small, image] },
        { type: "document", source: { type: "base64", media_type: "application/pdf", data } },
        { type: "document", source: { type: "content", content: [small] } },
        { type: "document", source: { type: "text", media_type: "text/plain", data: "words" } },
      ),
    );
    const cut = data.length - 64;
    expect(request.images.map(({ cutBytes }) => cutBytes)).toEqual([cut, 0, cut, 0, 0]);
    expect(JSON.stringify(request.fields.body).length).toBeLessThan(3_000);
  });

  test("input texts: all that is read, no pictures, no redacted thoughts", () => {
    const request = parse({
      system: [{ type: "text", text: "Be kind." }],
      tools: [{ name: "Read", description: "Reads.", input_schema: { type: "object" } }],
      messages: [
        { role: "user", content: "Hi" },
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "Hm.", signature: "sig" },
            { type: "redacted_thinking", data: "xxx" },
            { type: "tool_use", id: "t", name: "Read", input: { path: "/a" } },
          ],
        },
        {
          role: "user",
          content: [
            {
              type: "tool_result",
              tool_use_id: "t",
              content: [
                { type: "text", text: "found" },
                { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
              ],
            },
            {
              type: "document",
              title: "T",
              source: { type: "text", media_type: "text/plain", data: "words" },
            },
          ],
        },
      ],
    });
    const texts = [...request.inputTexts()].join("\n");
    for (const part of ["Be kind.", "Hi", "Hm.", "/a", "found", "words", "Reads."])
      expect(texts).toContain(part);
    expect(texts).not.toContain("AAAA");
    expect(texts).not.toContain("xxx");
    expect(request.messageCount).toBe(4);
  });
});

describe("to an upstream that speaks the same", () => {
  const bytes = Buffer.from(
    '{ "model" : "claude", "messages":[{"role":"user","content":"H\\u0069"}],"max_tokens": 5000, "x": 1.0 }',
  );
  const request = MessagesRequest.parse(bytes, {});

  test("every byte is the caller's, but for the model's id and the cap", () => {
    expect(request.rewrite(to)).toBe(bytes);
    expect(request.rewrite({ ...to, upstreamId: "claude-x", capTokens: 50 }).toString()).toBe(
      '{ "model" : "claude-x", "messages":[{"role":"user","content":"H\\u0069"}],"max_tokens": 50, "x": 1.0 }',
    );
  });

  test("a budget for thinking stays below the cap, or there is none", () => {
    const thinking = { type: "enabled", budget_tokens: 4_000, display: "omitted" };
    const rewritten = (capTokens: number) =>
      JSON.parse(
        parse({ max_tokens: 8_000, thinking })
          .rewrite({ ...to, capTokens })
          .toString(),
      ).thinking;
    expect(rewritten(5_000)).toEqual(thinking);
    expect(rewritten(2_000)).toEqual({ ...thinking, budget_tokens: 1_999 });
    expect(rewritten(1_024)).toEqual({ type: "disabled" });
  });

  test("asking for the cost is between the caller and us", () => {
    const asking = parse({ usage: { include: true } });
    expect(JSON.parse(asking.rewrite(to).toString())).toEqual(least);
    const settled = { tokens: { ...NO_TOKENS, outputTokens: 5 }, chargedNano: 1n, finishReason: "stop" };
    expect(asking.amend({ usage: { output_tokens: 5 } }, settled)).toMatchObject({
      usage: { output_tokens: 5, cost: expect.stringMatching(/^cost-/) },
    });
    expect(parse().amend({}, settled)).toBeNull();
  });

  test("thoughts that another model had are left out, and nothing else; long data stays whole", () => {
    const data = Buffer.alloc(30_000, 7).toString("base64");
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data } };
    const claudes = { type: "thinking", thinking: "Hm.", signature: "sig" };
    const messages = [
      { role: "user", content: [image] },
      { role: "assistant", content: [{ type: "thinking", thinking: "Hm.", signature: "" }] },
      {
        role: "assistant",
        content: [
          { type: "redacted_thinking", data: 'tg1:{"details":[]}' },
          claudes,
          { type: "text", text: "Yes" },
        ],
      },
      { role: "user", content: "Go on" },
    ];
    const rewritten = JSON.parse(
      parse({ messages, usage: { include: true } })
        .rewrite(to)
        .toString(),
    );
    expect(rewritten).toEqual({
      ...least,
      messages: [
        messages[0],
        { role: "assistant", content: [claudes, { type: "text", text: "Yes" }] },
        messages[3],
      ],
    });
  });
});
