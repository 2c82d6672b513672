import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { toolChoiceFromChat, toolsFromChat } from "./tools-from-chat";
import { turnsFromChat } from "./turns-from-chat";

const text = (value: string, more: Json = {}) => ({ type: "text", text: value, ...more });
const turns = (messages: Json[], prefill = true) => turnsFromChat(messages, prefill).turns;
const call = (id: string, args: unknown = "{}") => ({
  id,
  type: "function",
  function: { name: "look", arguments: args },
});

describe("turns", () => {
  test("instructions stand apart, wherever they stood, cache_control kept", () => {
    const cache = { cache_control: { type: "ephemeral", ttl: "1h" } };
    const { system, turns: said } = turnsFromChat(
      [
        { role: "system", content: [text("Be kind.", cache)] },
        { role: "user", content: "Hi" },
        { role: "developer", content: "Be brief." },
        { role: "system", content: "" },
      ],
      true,
    );
    expect(system).toEqual([text("Be kind.", cache), text("Be brief.")]);
    expect(said).toEqual([{ role: "user", content: [text("Hi")] }]);
  });

  test("messages of one role in a row are one turn; empty text is left out", () => {
    expect(
      turns([
        { role: "user", content: "One" },
        { role: "user", content: ["Two", text(" \n")] },
        { role: "assistant", content: "" },
        { role: "user", content: "Three" },
      ]),
    ).toEqual([{ role: "user", content: [text("One"), text("Two"), text("Three")] }]);
  });

  test("calls and results, in parallel, with images; results come first in their turn", () => {
    const png = { type: "image_url", image_url: { url: "data:image/jpg;base64,AAAA" } };
    const said = turns([
      { role: "user", content: "Look" },
      { role: "assistant", content: "Looking.", tool_calls: [call("call.1", '{"a":1}'), call("call_2", "")] },
      { role: "user", content: "Quick!" },
      { role: "tool", tool_call_id: "call.1", content: "fine", cache_control: { type: "ephemeral" } },
      { role: "tool", tool_call_id: "call_2", content: [text("here"), png] },
    ]);
    expect(said.slice(1)).toEqual([
      {
        role: "assistant",
        content: [
          text("Looking."),
          { type: "tool_use", id: "call_1", name: "look", input: { a: 1 } },
          { type: "tool_use", id: "call_2", name: "look", input: {} },
        ],
      },
      {
        role: "user",
        content: [
          {
            type: "tool_result",
            tool_use_id: "call_1",
            content: "fine",
            cache_control: { type: "ephemeral" },
          },
          {
            type: "tool_result",
            tool_use_id: "call_2",
            content: [
              text("here"),
              { type: "image", source: { type: "base64", media_type: "image/jpeg", data: "AAAA" } },
            ],
          },
          text("Quick!"),
        ],
      },
    ]);
  });

  test.each([
    ["not json", { arguments: "not json" }],
    ["[1,2]", { arguments: [1, 2] }],
    [undefined, {}],
    [{ a: 1 }, { a: 1 }],
  ])("arguments %j, whatever they are, become an object", (args, input) => {
    const said = turns([
      { role: "user", content: "x" },
      { role: "assistant", tool_calls: [call("c", args)] },
    ]);
    expect(said[1]?.content).toEqual([{ type: "tool_use", id: "c", name: "look", input }]);
  });

  test("functions as they were before tools", () => {
    const said = turns([
      { role: "user", content: "x" },
      { role: "assistant", content: null, function_call: { name: "look", arguments: "{}" } },
      { role: "function", name: "look", content: "seen" },
    ]);
    expect(said[1]?.content).toEqual([{ type: "tool_use", id: "call_function_1", name: "look", input: {} }]);
    expect(said[2]?.content).toEqual([
      { type: "tool_result", tool_use_id: "call_function_1", content: "seen" },
    ]);
  });

  test("images by address and PDF files", () => {
    const said = turns([
      {
        role: "user",
        content: [
          {
            type: "image_url",
            image_url: { url: "https://x.example/a.png" },
            cache_control: { type: "ephemeral" },
          },
          { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,JVBE" } },
        ],
      },
    ]);
    expect(said[0]?.content).toEqual([
      {
        type: "image",
        source: { type: "url", url: "https://x.example/a.png" },
        cache_control: { type: "ephemeral" },
      },
      {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: "JVBE" },
        title: "a.pdf",
      },
    ]);
  });

  test("thinking goes back as it came, put together from pieces; what is not Claude's, or not signed, does not", () => {
    const format = "anthropic-claude-v1";
    const said = turns([
      { role: "user", content: "x" },
      {
        role: "assistant",
        content: "Yes.",
        reasoning_content: "Let me think.",
        reasoning_details: [
          { type: "reasoning.text", text: "Let me ", format, index: 0 },
          { type: "reasoning.text", text: "think.", format, index: 0 },
          { type: "reasoning.text", text: "", signature: "sig", format, index: 0 },
          { type: "reasoning.encrypted", data: "secret", format, index: 1 },
          { type: "reasoning.encrypted", data: "foreign", format: "openai-responses-v1", index: 2 },
          { type: "reasoning.encrypted", data: "nobody's", index: 3 },
          { type: "reasoning.text", text: "unsigned", index: 4 },
          { type: "reasoning.summary", summary: "short", index: 5 },
        ],
      },
      { role: "user", content: "Sure?" },
    ]);
    expect(said[1]?.content).toEqual([
      { type: "thinking", thinking: "Let me think.", signature: "sig" },
      { type: "redacted_thinking", data: "secret" },
      text("Yes."),
    ]);
  });

  test("a conversation begins with the user, and a last word of the assistant is gone on with where that is possible", () => {
    const said = turns([{ role: "assistant", content: "Welcome! " }]);
    expect(said).toEqual([
      { role: "user", content: [text("(The conversation begins.)")] },
      { role: "assistant", content: [text("Welcome!")] },
    ]);
    expect(turns([{ role: "assistant", content: "Welcome!" }], false).at(-1)).toEqual({
      role: "user",
      content: [text("Continue.")],
    });
  });

  test("instructions alone are the question", () => {
    const { system, turns: said } = turnsFromChat([{ role: "system", content: "Say hi" }], true);
    expect(system).toEqual([]);
    expect(said).toEqual([{ role: "user", content: [text("Say hi")] }]);
    expect(turns([])).toHaveLength(1);
  });

  test("whatever is said, turns alternate, begin with the user, and none is empty", () => {
    const content = fc.oneof(
      fc.string(),
      fc.constant(null),
      fc.array(fc.string().map((value) => text(value))),
    );
    const message = fc.record({
      role: fc.constantFrom("system", "developer", "user", "assistant", "tool", "odd"),
      content,
      tool_call_id: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(message), fc.boolean(), (messages, prefill) => {
        const said = turns(messages as Json[], prefill);
        expect(said[0]?.role).toBe("user");
        for (const [at, turn] of said.entries()) {
          expect(turn.content.length).toBeGreaterThan(0);
          expect(turn.role).toBe(at % 2 === 0 ? "user" : "assistant");
        }
      }),
    );
  });
});

describe("tools", () => {
  const tools = [
    {
      type: "function",
      function: { name: "look", description: "Looks.", parameters: { properties: {} }, strict: true },
      cache_control: { type: "ephemeral" },
    },
    { type: "function", function: { name: "wait" } },
    { type: "custom", custom: { name: "patch" } },
    { type: "web_search" },
  ];

  test("functions become tools, other kinds are left out", () => {
    expect(toolsFromChat({ tools })).toEqual([
      {
        name: "look",
        description: "Looks.",
        input_schema: { type: "object", properties: {} },
        cache_control: { type: "ephemeral" },
      },
      { name: "wait", input_schema: { type: "object", properties: {} } },
    ]);
    expect(toolsFromChat({ functions: [{ name: "old" }] })).toMatchObject([{ name: "old" }]);
  });

  test.each([
    [{}, null],
    [{ tool_choice: "auto" }, { type: "auto" }],
    [{ tool_choice: "none", parallel_tool_calls: false }, { type: "none" }],
    [{ tool_choice: "required" }, { type: "any" }],
    [{ tool_choice: { type: "function", function: { name: "look" } } }, { type: "tool", name: "look" }],
    [{ tool_choice: { type: "function", function: { name: "gone" } } }, null],
    [{ function_call: { name: "look" } }, { type: "tool", name: "look" }],
    [{ parallel_tool_calls: false }, { type: "auto", disable_parallel_tool_use: true }],
    [{ parallel_tool_calls: true }, null],
    [
      { tool_choice: "required", parallel_tool_calls: false },
      { type: "any", disable_parallel_tool_use: true },
    ],
  ])("%j is %j", (chat, choice) => {
    expect(toolChoiceFromChat(chat, toolsFromChat({ tools }))).toEqual(choice);
  });

  test("without tools there is nothing to choose", () => {
    expect(toolChoiceFromChat({ tool_choice: "required" }, [])).toBeNull();
  });
});
