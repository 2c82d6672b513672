import { describe, expect, test } from "vitest";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { restoreBlobs } from "@/lib/gateway/dialects/chat/scan-body";
import { bodyFromChat } from "@/lib/gateway/upstreams/anthropic/body-from-chat";
import { MessagesRequest } from "./messages-request";

function request(body: Json): MessagesRequest {
  const least = { model: "claude", max_tokens: 100, messages: [{ role: "user", content: "Hi" }] };
  return MessagesRequest.parse(Buffer.from(JSON.stringify({ ...least, ...body })), {});
}

const target = (more: { reasoning?: boolean; capTokens?: number } = {}) => ({
  upstreamId: "upstream",
  model: { id: "m", reasoning: more.reasoning ?? false, maxOutputTokens: 64_000 } as CatalogModel,
  capTokens: more.capTokens ?? null,
});
const toChat = (body: Json, more: { reasoning?: boolean; capTokens?: number } = {}) =>
  request(body).toChat(target(more));
const text = (value: string, more: Json = {}) => ({ type: "text", text: value, ...more });
const cached = { cache_control: { type: "ephemeral" } };

describe("the body", () => {
  test("the least", () => {
    expect(toChat({})).toEqual({
      model: "upstream",
      messages: [{ role: "user", content: "Hi" }],
      max_tokens: 100,
    });
    expect(toChat({}, { reasoning: true, capTokens: 50 })).toMatchObject({ max_completion_tokens: 50 });
  });

  test("stream, stop, sampling, user", () => {
    const body = { stop_sequences: ["END"], temperature: 0.5, top_p: 0.9, top_k: 5, stream: true };
    expect(toChat({ ...body, metadata: { user_id: "u1" } })).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
      stop: ["END"],
      temperature: 0.5,
      top_p: 0.9,
      user: "u1",
    });
    const chat = toChat({ ...body, metadata: { user_id: "x".repeat(100) } }, { reasoning: true });
    for (const name of ["temperature", "top_p", "top_k", "user"]) expect(chat).not.toHaveProperty(name);
  });

  test.each<[Json, string | undefined]>([
    [{}, undefined],
    [{ thinking: { type: "disabled" }, output_config: { effort: "high" } }, undefined],
    [{ thinking: { type: "adaptive" } }, undefined],
    [{ thinking: { type: "adaptive" }, output_config: { effort: "medium" } }, "medium"],
    [{ thinking: { type: "adaptive" }, output_config: { effort: "max" } }, "high"],
    [{ thinking: { type: "enabled", budget_tokens: 2_000 }, max_tokens: 10_000 }, "low"],
    [{ thinking: { type: "enabled", budget_tokens: 5_000 }, max_tokens: 10_000 }, "medium"],
    [{ thinking: { type: "enabled", budget_tokens: 9_999 }, max_tokens: 10_000 }, "high"],
  ])("thinking %j is effort %s", (body, effort) => {
    expect(toChat(body, { reasoning: true }).reasoning_effort).toBe(effort);
    expect(toChat(body)).not.toHaveProperty("reasoning_effort");
  });

  test("a schema, strict where OpenAI can be", () => {
    const schema = { type: "object", properties: { a: {} }, required: ["a"], additionalProperties: false };
    const format = (given: Json) => ({ output_config: { format: { type: "json_schema", schema: given } } });
    expect(toChat(format(schema)).response_format).toEqual({
      type: "json_schema",
      json_schema: { name: "answer", schema, strict: true },
    });
    const optional = { ...schema, required: [] };
    expect(toChat(format(optional)).response_format).toMatchObject({ json_schema: { strict: false } });
  });

  test.each<[unknown, Json]>([
    [{ type: "auto" }, { tool_choice: "auto" }],
    [{ type: "any" }, { tool_choice: "required" }],
    [{ type: "none" }, { tool_choice: "none" }],
    [{ type: "tool", name: "Read" }, { tool_choice: { type: "function", function: { name: "Read" } } }],
    [
      { type: "any", disable_parallel_tool_use: true },
      { tool_choice: "required", parallel_tool_calls: false },
    ],
  ])("tool choice %j", (choice, expected) => {
    const tools = [{ name: "Read", input_schema: { type: "object" } }];
    const { tool_choice, parallel_tool_calls } = toChat({ tools, tool_choice: choice });
    const said = { tool_choice, ...(parallel_tool_calls === undefined ? {} : { parallel_tool_calls }) };
    expect(said).toEqual(expected);
  });
});

describe("tools", () => {
  const tools = [
    { name: "Read", description: "Reads.", input_schema: { type: "object" }, ...cached },
    { name: "ToolSearch", input_schema: { type: "object" } },
    { name: "Later", input_schema: { type: "object" }, defer_loading: true },
    { type: "bash_20250124", name: "bash" },
  ];
  const names = (chat: Json) =>
    (chat.tools as { function: { name: string } }[]).map((tool) => tool.function.name);

  test("become functions; those without a schema are left out", () => {
    expect((toChat({ tools }).tools as Json[])[0]).toEqual({
      type: "function",
      function: { name: "Read", description: "Reads.", parameters: { type: "object" } },
      ...cached,
    });
    expect(names(toChat({ tools }))).toEqual(["Read", "ToolSearch"]);
  });

  test("a deferred one is there once a result names it", () => {
    const messages = [
      { role: "user", content: "Hi" },
      { role: "assistant", content: [{ type: "tool_use", id: "t", name: "ToolSearch", input: {} }] },
      {
        role: "user",
        content: [
          {
            type: "tool_result",
            tool_use_id: "t",
            content: [{ type: "tool_reference", tool_name: "Later" }],
          },
        ],
      },
    ];
    const chat = toChat({ tools, messages });
    expect(names(chat)).toEqual(["Read", "ToolSearch", "Later"]);
    expect((chat.messages as Json[]).at(-1)).toEqual({
      role: "tool",
      tool_call_id: "t",
      content: "The tool Later can be called now.",
    });
  });

  test("or the instructions add it, take one away, or bring a new one", () => {
    const definition = { name: "Fresh", input_schema: { type: "object" } };
    const changes = [
      { type: "text", text: "Tools have changed." },
      { type: "tool_addition", tool: { type: "tool_reference", name: "Later" } },
      { type: "tool_addition", tool: { type: "tool_definition", definition } },
      { type: "tool_removal", tool: { type: "tool_reference", name: "Read" } },
    ];
    const messages = [
      { role: "user", content: "Hi" },
      { role: "system", content: changes },
    ];
    const chat = toChat({ tools, messages });
    expect(names(chat)).toEqual(["ToolSearch", "Later", "Fresh"]);
    expect((chat.messages as Json[]).at(-1)).toEqual({ role: "system", content: "Tools have changed." });
  });

  test("and from the beginning where the search would be the provider's", () => {
    const search = { type: "tool_search_tool_regex_20251119", name: "tool_search_tool_regex" };
    expect(names(toChat({ tools: [...tools, search] }))).toEqual(["Read", "ToolSearch", "Later"]);
  });
});

describe("messages", () => {
  test("instructions: plain where they can be, Claude Code's accounting left out, also amid the conversation", () => {
    expect(
      toChat({
        system: [text("x-anthropic-billing-header: cc_version=2.1"), text("Be kind."), text("Be brief.")],
        messages: [
          { role: "user", content: "Hi" },
          { role: "system", content: [text("Remember.", cached)] },
        ],
      }).messages,
    ).toEqual([
      { role: "system", content: "Be kind.\n\nBe brief." },
      { role: "user", content: "Hi" },
      { role: "system", content: [text("Remember.", cached)] },
    ]);
    expect(toChat({ system: "Be kind." }).messages).toMatchObject([
      { role: "system", content: "Be kind." },
      {},
    ]);
  });

  test("results of tools come before what the user says, with their images; a failure says so", () => {
    const png = { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } };
    expect(
      toChat({
        messages: [
          {
            role: "assistant",
            content: [
              text("Look"),
              text("ing."),
              { type: "tool_use", id: "a", name: "Read", input: { path: "/a" } },
              { type: "tool_use", id: "b", name: "Read", input: {} },
              { type: "server_tool_use", id: "s", name: "web_search", input: {} },
            ],
          },
          {
            role: "user",
            content: [
              text("Quick!", cached),
              { type: "tool_result", tool_use_id: "a", content: [text("here"), png], ...cached },
              { type: "tool_result", tool_use_id: "b", content: "no such file", is_error: true },
              { type: "tool_result", tool_use_id: "c" },
              { type: "tool_result", tool_use_id: "d", content: "Error: gone", is_error: true },
            ],
          },
        ],
      }).messages,
    ).toEqual([
      {
        role: "assistant",
        content: "Looking.",
        tool_calls: [
          { id: "a", type: "function", function: { name: "Read", arguments: '{"path":"/a"}' } },
          { id: "b", type: "function", function: { name: "Read", arguments: "{}" } },
        ],
      },
      {
        role: "tool",
        tool_call_id: "a",
        content: [text("here"), { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }],
        ...cached,
      },
      { role: "tool", tool_call_id: "b", content: "Error: no such file" },
      { role: "tool", tool_call_id: "c", content: "" },
      { role: "tool", tool_call_id: "d", content: "Error: gone" },
      { role: "user", content: [text("Quick!", cached)] },
    ]);
  });

  test("images by address, documents in every form, search results", () => {
    const pdf = { type: "base64", media_type: "application/pdf", data: "JVBE" };
    expect(
      toChat({
        messages: [
          {
            role: "user",
            content: [
              { type: "image", source: { type: "url", url: "https://x.example/a.png" } },
              { type: "document", title: "a.pdf", source: pdf },
              {
                type: "document",
                title: "T",
                source: { type: "text", media_type: "text/plain", data: "words" },
              },
              { type: "document", source: { type: "content", content: "plain" } },
              { type: "search_result", title: "S", source: "x", content: [text("found")] },
            ],
          },
        ],
      }).messages,
    ).toEqual([
      {
        role: "user",
        content: [
          { type: "image_url", image_url: { url: "https://x.example/a.png" } },
          { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,JVBE" } },
          text("T"),
          text("words"),
          text("plain"),
          text("found"),
        ],
      },
    ]);
  });

  test("thinking is reasoning; what was sealed is opened again, down to single calls", () => {
    const detail = { type: "reasoning.encrypted", data: "enc", format: "openai-responses-v1", index: 0 };
    const sealed = { details: [detail], calls: { a: { google: { thought_signature: "g" } } } };
    const { messages } = toChat({
      messages: [
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "Hm. ", signature: 'tg1:{"field":"reasoning"}' },
            { type: "thinking", thinking: "Then. ", signature: 'tg1:{"field":"reasoning"}' },
            { type: "thinking", thinking: "Nobody's. ", signature: "" },
            { type: "thinking", thinking: "So.", signature: "sig" },
            { type: "redacted_thinking", data: "claude's own" },
            { type: "redacted_thinking", data: `tg1:${JSON.stringify(sealed)}` },
            { type: "tool_use", id: "a", name: "Read", input: {} },
          ],
        },
        { role: "assistant", content: [{ type: "thinking", thinking: "only", signature: "x" }] },
      ],
    }) as { messages: Json[] };
    expect(messages).toEqual([
      {
        role: "assistant",
        content: null,
        reasoning: "Hm. Then. ",
        reasoning_details: [
          { type: "reasoning.text", text: "So.", signature: "sig", format: "anthropic-claude-v1", index: 0 },
          { type: "reasoning.encrypted", data: "claude's own", format: "anthropic-claude-v1", index: 1 },
          detail,
        ],
        tool_calls: [
          {
            id: "a",
            type: "function",
            function: { name: "Read", arguments: "{}" },
            extra_content: { google: { thought_signature: "g" } },
          },
        ],
      },
    ]);
  });
});

test("to chat and back again, nothing is lost: tools, images, thinking, what is cached", () => {
  const data = Buffer.alloc(40_000, 5).toString("base64");
  const body = {
    max_tokens: 5_000,
    system: [text("Be kind.", cached)],
    tools: [{ name: "Read", description: "Reads.", input_schema: { type: "object" }, ...cached }],
    tool_choice: { type: "auto", disable_parallel_tool_use: true },
    stop_sequences: ["END"],
    metadata: { user_id: "u1" },
    stream: true,
    messages: [
      {
        role: "user",
        content: [
          text("Look."),
          { type: "image", source: { type: "base64", media_type: "image/png", data } },
        ],
      },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "Hm.", signature: "sig" },
          { type: "redacted_thinking", data: "enc" },
          text("Reading."),
          { type: "tool_use", id: "toolu_1", name: "Read", input: { path: "/a" } },
          { type: "tool_use", id: "toolu_2", name: "Read", input: {} },
        ],
      },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: "toolu_1", content: "one", ...cached },
          {
            type: "tool_result",
            tool_use_id: "toolu_2",
            content: [
              text("two"),
              { type: "image", source: { type: "base64", media_type: "image/jpeg", data } },
            ],
          },
          text("And?"),
        ],
      },
    ],
  };
  const parsed = request(body);
  const to = { ...target({ reasoning: true }), upstreamId: "claude-sonnet-4-5" };
  const chat = parsed.toChat(to);
  expect(JSON.stringify(chat).length).toBeLessThan(5_000);
  const back = bodyFromChat(chat, to);
  const restored = JSON.parse(restoreBlobs(JSON.stringify(back), parsed.bytes, parsed.scan).toString());
  expect(restored).toEqual({ model: "claude-sonnet-4-5", ...body });
});
