import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GEMINI_WORDS } from "@/e2e/fakes/gemini";
import { type GeminiWorld, startGeminiWorld } from "@/e2e/gateway/gemini-world";
import { type Customer, callRows } from "@/e2e/gateway/world";

/** It refuses calls whose signature got lost on the way through a client. */
const MODEL = "gemini-3.5-flash";
const TEXT = GEMINI_WORDS.join("");
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
let world: GeminiWorld;
let customer: Customer;

beforeAll(async () => {
  world = await startGeminiWorld([MODEL, "gemini-2.5-blocked"]);
  customer = await world.customer();
});
afterAll(() => world.stop());

const lastRow = async () => (await callRows(customer.workspaceId)).at(-1);
const sent = () => {
  const seen = world.gemini.seen.at(-1);
  if (!seen) throw new Error("nothing was sent");
  return seen.body;
};

describe("Claude Code with a model of Gemini's", () => {
  const client = () =>
    new Anthropic({ baseURL: world.baseUrl.replace(/\/v1$/, ""), apiKey: customer.secret, maxRetries: 0 });
  const read: Anthropic.Beta.BetaTool = {
    name: "Read",
    description: "Reads a file.",
    input_schema: {
      type: "object",
      properties: { path: { type: "string" }, limit: { type: "integer", exclusiveMinimum: 0 } },
      required: ["path"],
      additionalProperties: false,
    },
  };
  /** What it sends with every call, as far as anything must be made of it. */
  const usual = {
    model: MODEL,
    max_tokens: 32_000,
    system: [
      { type: "text", text: "x-anthropic-billing-header: cc_version=2.1.329" },
      { type: "text", text: "You are Claude Code.", cache_control: { type: "ephemeral" } },
    ] as Anthropic.Beta.BetaTextBlockParam[],
    thinking: { type: "adaptive", display: "omitted" } as unknown as Anthropic.Beta.BetaThinkingConfigParam,
    metadata: { user_id: '{"device":"x"}' },
    betas: ["claude-code-20250219", "interleaved-thinking-2025-05-14"],
  };
  const messages: Anthropic.Beta.BetaMessageParam[] = [
    {
      role: "user",
      content: [{ type: "text", text: "What is in a.png?", cache_control: { type: "ephemeral" } }],
    },
    { role: "system", content: "Reminder: be brief." } as unknown as Anthropic.Beta.BetaMessageParam,
  ];

  it("streams a tool call, and an answer to its result with an image in it", async () => {
    const first = await client()
      .beta.messages.stream({ ...usual, messages, tools: [read, { ...read, name: "Glob" }] })
      .finalMessage();
    expect(first.stop_reason).toBe("tool_use");
    const uses = first.content.filter((block) => block.type === "tool_use");
    expect(uses.map((use) => [use.name, use.input])).toEqual([
      ["Read", { city: "Bern" }],
      ["Glob", { city: "Basel" }],
    ]);
    expect(first.usage).toMatchObject({ input_tokens: 20 });
    expect(sent()).toMatchObject({
      systemInstruction: {
        parts: expect.arrayContaining([{ text: "You are Claude Code." }]),
      },
      contents: [{ role: "user", parts: [{ text: "What is in a.png?" }, { text: "Reminder: be brief." }] }],
      generationConfig: { maxOutputTokens: 16_384 },
    });

    const results: Anthropic.Beta.BetaToolResultBlockParam[] = [
      {
        type: "tool_result",
        tool_use_id: uses[0]?.id ?? "",
        content: [
          { type: "text", text: "one pixel" },
          { type: "image", source: { type: "base64", media_type: "image/png", data: PIXEL } },
        ],
      },
      { type: "tool_result", tool_use_id: uses[1]?.id ?? "", content: "nothing", is_error: true },
    ];
    const second = await client()
      .beta.messages.stream({
        ...usual,
        tools: [read, { ...read, name: "Glob" }],
        messages: [
          ...messages,
          { role: "assistant", content: first.content as Anthropic.Beta.BetaContentBlockParam[] },
          { role: "user", content: results },
        ],
      })
      .finalMessage();
    expect(second.stop_reason).toBe("end_turn");
    const text = second.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("");
    expect(text).toMatch(/^Read: .*one pixel.*Glob: .*nothing/s);
    const turn = sent().contents[1]?.parts ?? [];
    expect(turn.filter((part) => part.functionCall).map((part) => part.thoughtSignature)).toEqual([
      "c2lnbmF0dXJl",
      undefined,
    ]);
    expect(JSON.stringify(sent().contents[2])).toContain(PIXEL);
    expect(await lastRow()).toMatchObject({ outcome: "ok", input_tokens: 20n, measured: true });
  });

  it("answers plain, and refuses a blocked prompt in its words", async () => {
    const plain = await client().beta.messages.create({ ...usual, max_tokens: 1_000, messages });
    expect(plain.content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("")).toBe(TEXT);
    const blocked = await client().beta.messages.create({
      ...usual,
      max_tokens: 1_000,
      model: "gemini-2.5-blocked",
      messages,
    });
    expect(blocked.stop_reason).toBe("refusal");
    expect(await lastRow()).toMatchObject({ outcome: "empty", cost_nano: 0n });
  });
});

describe("Codex CLI with a model of Gemini's", () => {
  const client = () => new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
  const tools = [
    {
      type: "function",
      name: "exec_command",
      strict: false,
      parameters: { type: "object", properties: { cmd: { type: "string" } }, required: ["cmd"] },
    },
    { type: "namespace", name: "multi_agent_v1", tools: [] },
    { type: "web_search", external_web_access: false },
  ] as unknown as OpenAI.Responses.Tool[];
  const usual = {
    model: MODEL,
    tools,
    tool_choice: "auto",
    parallel_tool_calls: true,
    store: false,
    include: ["reasoning.encrypted_content"],
    reasoning: { summary: "auto" },
    prompt_cache_key: "x",
    stream: true,
  } as const;
  const input: OpenAI.Responses.ResponseInputItem[] = [
    { type: "message", role: "developer", content: [{ type: "input_text", text: "You are Codex." }] },
    {
      type: "message",
      role: "user",
      content: [
        { type: "input_text", text: "List the files." },
        { type: "input_image", image_url: `data:image/png;base64,${PIXEL}`, detail: "high" },
      ],
    },
  ];

  const run = async (items: OpenAI.Responses.ResponseInputItem[]) => {
    const stream = await client().responses.create({ ...usual, include: [...usual.include], input: items });
    const types: string[] = [];
    let last: OpenAI.Responses.Response | null = null;
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === "response.completed") last = event.response;
    }
    if (!last) throw new Error(`no end: ${types}`);
    return { types, output: last.output, usage: last.usage };
  };

  it("calls its tool and goes on from what it hands back", async () => {
    const first = await run(input);
    expect([first.types[0], first.types.at(-1)]).toEqual(["response.created", "response.completed"]);
    const call = first.output.find((item) => item.type === "function_call");
    expect(call).toMatchObject({ name: "exec_command", arguments: '{"city":"Bern"}' });
    expect(first.usage).toMatchObject({ input_tokens: 20, output_tokens_details: { reasoning_tokens: 7 } });
    expect(sent().tools?.[0]?.functionDeclarations.map(({ name }) => name)).toEqual(["exec_command"]);
    expect(sent().contents[0]?.parts.at(-1)?.inlineData).toEqual({ mimeType: "image/png", data: PIXEL });

    const second = await run([
      ...input,
      ...(first.output as OpenAI.Responses.ResponseInputItem[]),
      {
        type: "function_call_output",
        call_id: call?.type === "function_call" ? call.call_id : "",
        output: "a.txt",
      },
    ]);
    const message = second.output.find((item) => item.type === "message");
    expect(message).toMatchObject({ content: [{ type: "output_text", text: "exec_command: a.txt. " }] });
    const parts = sent().contents[1]?.parts ?? [];
    expect(parts.find((part) => part.functionCall)?.thoughtSignature).toBe("c2lnbmF0dXJl");
    expect(await lastRow()).toMatchObject({ outcome: "ok", reasoning_tokens: 7n, measured: true });
  });
});
