import { describe, expect, it } from "vitest";
import { INCOMPLETE_STREAM, plainOf, TEXT_STREAM, TOOLS_STREAM } from "@/e2e/fakes/responses-streams";
import type { CatalogModel } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import { chunksFromCompletion } from "@/lib/gateway/upstreams/chat-chunks";
import { ChatObserver } from "@/lib/gateway/upstreams/chat-observer";
import { RESPONSES_WIRE } from "./responses-wire";

const to = (more: Partial<CatalogModel> = {}) => ({
  upstreamId: "up",
  model: more as CatalogModel,
  capTokens: null,
});
const fromChat = (chat: Json, more: Partial<CatalogModel> = {}) =>
  RESPONSES_WIRE.fromChat({ messages: [{ role: "user", content: "Hi" }], ...chat }, to(more));

describe("a chat completion for an upstream with the Responses API only", () => {
  it("has its messages as items", () => {
    const { input } = fromChat({
      messages: [
        { role: "system", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "Look" },
            { type: "image_url", image_url: { url: "https://a.example/a.png", detail: "low" } },
            { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AA" } },
          ],
        },
        {
          role: "assistant",
          content: "One moment",
          reasoning_details: [
            { type: "reasoning.encrypted", data: "gAAA", id: "rs_1", format: "openai-responses-v1" },
            { type: "reasoning.text", text: "Hm", signature: "s", format: "anthropic-claude-v1" },
          ],
          tool_calls: [
            { id: "a", type: "function", function: { name: "f", arguments: "{}" } },
            { id: "b", type: "custom", custom: { name: "g", input: "raw" } },
          ],
        },
        { role: "tool", tool_call_id: "a", content: "4" },
        { role: "tool", tool_call_id: "b", content: [{ type: "text", text: "5" }] },
        { role: "assistant", content: null, refusal: "No" },
      ],
    });
    expect(input).toEqual([
      { type: "message", role: "system", content: "Be brief." },
      {
        type: "message",
        role: "user",
        content: [
          { type: "input_text", text: "Look" },
          { type: "input_image", image_url: "https://a.example/a.png", detail: "low" },
          { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,AA" },
        ],
      },
      { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "gAAA" },
      { type: "message", role: "assistant", content: "One moment" },
      { type: "function_call", call_id: "a", name: "f", arguments: "{}" },
      { type: "custom_tool_call", call_id: "b", name: "g", input: "raw" },
      { type: "function_call_output", call_id: "a", output: "4" },
      { type: "custom_tool_call_output", call_id: "b", output: [{ type: "input_text", text: "5" }] },
      { type: "message", role: "assistant", content: [{ type: "refusal", refusal: "No" }] },
    ]);
  });

  it("has its settings under their names here", () => {
    const schema = { name: "s", schema: { type: "object" }, strict: true };
    const body = fromChat(
      {
        max_completion_tokens: 5,
        temperature: 0.5,
        seed: 4,
        stream: true,
        stream_options: { include_usage: true },
        response_format: { type: "json_schema", json_schema: schema },
        verbosity: "low",
        reasoning_effort: "high",
        logprobs: true,
        top_logprobs: 2,
        tools: [
          { type: "function", function: { name: "f", parameters: {} } },
          {
            type: "custom",
            custom: { name: "g", format: { type: "grammar", grammar: { syntax: "lark", definition: "x" } } },
          },
        ],
        tool_choice: { type: "function", function: { name: "f" } },
      },
      { reasoning: true },
    );
    expect(body).toEqual({
      model: "up",
      input: [{ type: "message", role: "user", content: "Hi" }],
      store: false,
      stream: true,
      temperature: 0.5,
      max_output_tokens: 16,
      include: ["reasoning.encrypted_content", "message.output_text.logprobs"],
      reasoning: { summary: "auto", effort: "high" },
      top_logprobs: 2,
      text: { format: { type: "json_schema", ...schema }, verbosity: "low" },
      tools: [
        { type: "function", strict: false, name: "f", parameters: {} },
        { type: "custom", name: "g", format: { type: "grammar", syntax: "lark", definition: "x" } },
      ],
      tool_choice: { type: "function", name: "f" },
    });
    const choice = {
      type: "allowed_tools",
      allowed_tools: { mode: "auto", tools: [{ type: "function", function: { name: "f" } }] },
    };
    expect(
      fromChat({ tools: [{ type: "function", function: { name: "f" } }], tool_choice: choice }).tool_choice,
    ).toEqual({
      type: "allowed_tools",
      mode: "auto",
      tools: [{ type: "function", name: "f" }],
    });
  });

  it.each([
    ["n", { n: 2 }],
    ["stop", { stop: ["\n"] }],
    ["functions", { functions: [{ name: "f" }] }],
    ["modalities", { modalities: ["text", "audio"] }],
  ])("is refused where it cannot be said: %s", (param, chat) => {
    expect(() => fromChat(chat)).toThrow(expect.objectContaining({ code: "unsupported_capability", param }));
    expect(fromChat({ n: 1, stop: [] })).not.toHaveProperty("stop");
  });
});

/** The message that chunks add up to. */
function addUp(chunks: readonly Json[]): Json {
  const message: Record<string, unknown> = { content: "", reasoning_content: "", reasoning_details: [] };
  const calls: { id: unknown; text: string; name: unknown }[] = [];
  let finish: unknown = null;
  for (const { choices } of chunks as { choices: { delta: Json; finish_reason: unknown }[] }[]) {
    for (const { delta, finish_reason } of choices) {
      for (const field of ["content", "reasoning_content"]) message[field] += (delta[field] as string) ?? "";
      (message.reasoning_details as unknown[]).push(...((delta.reasoning_details as unknown[]) ?? []));
      for (const call of (delta.tool_calls as Json[]) ?? []) {
        const called = (call.function ?? call.custom) as {
          name?: string;
          arguments?: string;
          input?: string;
        };
        const at = call.index as number;
        calls[at] ??= { id: call.id, text: "", name: called.name };
        calls[at].text += called.arguments ?? called.input ?? "";
      }
      finish = finish_reason ?? finish;
    }
  }
  return { ...message, calls, finish };
}

describe("its answer as a chat completion", () => {
  it.each([TEXT_STREAM, TOOLS_STREAM, INCOMPLETE_STREAM])(
    "says the same in pieces, as whole items and at once",
    (...events) => {
      const read = (some: readonly Json[]) => {
        const stream = RESPONSES_WIRE.openStream();
        const observer = new ChatObserver();
        const chunks = some.flatMap((event) => {
          const seen = stream.read(JSON.stringify(event), event.type as string);
          return seen.kind === "event" || seen.kind === "done" ? stream.toChunks(seen.json ?? {}) : [];
        });
        for (const chunk of chunks) observer.chunk(chunk);
        expect(observer.finished).toBe(true);
        return addUp(chunks);
      };
      const inPieces = read(events);
      const wholeItems = read(
        events.filter(({ type }) => /created|output_item\.done|completed|incomplete/.test(String(type))),
      );
      const [completion] = chunksFromCompletion(RESPONSES_WIRE.toCompletion(plainOf(events)));
      expect(wholeItems).toEqual(inPieces);
      expect(addUp(completion ? [completion] : [])).toEqual(inPieces);
      expect(inPieces.reasoning_content).toBe("**Thinking**\n\nTwo and two.");
      expect(inPieces.reasoning_details).toMatchObject([{ data: "gAAAAABor0Aw", id: "rs_1" }]);
    },
  );

  it("has the calls and the finish in the chat's words", () => {
    const { choices } = RESPONSES_WIRE.toCompletion(plainOf(TOOLS_STREAM)) as { choices: Json[] };
    expect(choices[0]).toMatchObject({
      finish_reason: "tool_calls",
      message: {
        content: null,
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "look_up", arguments: '{"city":"Bern"}' } },
          { id: "call_2", type: "custom", custom: { name: "apply_patch", input: "*** Begin" } },
        ],
      },
    });
  });
});
