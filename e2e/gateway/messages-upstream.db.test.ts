import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MessagesWorld, startMessagesWorld } from "@/e2e/gateway/messages-world";
import { type Customer, callRows, openHolds, until, wallet } from "@/e2e/gateway/world";

let world: MessagesWorld;
const CLAUDES =
  "text tools parallel thinking cache json refusal overloaded overloaded-first error-body breaks early-end no-stop giant plain rate quota"
    .split(" ")
    .map((name) => `claude-${name}`);

beforeAll(async () => {
  world = await startMessagesWorld({ chat: ["ok"], anthropic: CLAUDES });
});
afterAll(() => world.stop());

interface Delta {
  content?: string | null;
  reasoning_content?: string;
  reasoning_details?: Record<string, unknown>[];
  tool_calls?: { index: number; id?: string; function: { name?: string; arguments: string } }[];
}
interface Chunk {
  choices: { delta: Delta; finish_reason: string | null }[];
  usage?: Record<string, unknown>;
  error?: { code: string; message: string };
}

const chat = (who: Customer, body: object) =>
  fetch(`${world.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.secret}` },
    body: JSON.stringify({ messages: [{ role: "user", content: "Hi" }], ...body }),
  });

async function stream(who: Customer, body: object): Promise<{ chunks: Chunk[]; done: boolean }> {
  const response = await chat(who, { ...body, stream: true });
  expect(response.status).toBe(200);
  const lines = (await response.text()).split("\n\n").filter((line) => line.startsWith("data: "));
  const data = lines.map((line) => line.slice(6));
  const chunks = data.filter((line) => line !== "[DONE]").map((line) => JSON.parse(line) as Chunk);
  return { chunks, done: data.at(-1) === "[DONE]" };
}

const deltas = (chunks: readonly Chunk[]) => chunks.flatMap((chunk) => chunk.choices?.[0]?.delta ?? []);
const textOf = (chunks: readonly Chunk[]) =>
  deltas(chunks)
    .map((delta) => delta.content ?? "")
    .join("");
const finishes = (chunks: readonly Chunk[]) =>
  chunks.flatMap((chunk) => chunk.choices?.[0]?.finish_reason ?? []);

/** What LobeChat sends with a model that it takes for an OpenAI one. */
const lobeChat = {
  model: "claude-tools",
  temperature: 1.2,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  stream_options: { include_usage: true },
  reasoning_effort: "low",
  messages: [
    { role: "system", content: "You are helpful." },
    { role: "assistant", content: "Welcome!" },
    { role: "user", content: [{ type: "text", text: "Weather in Bern?" }] },
  ],
  tools: [
    {
      type: "function",
      function: {
        name: "get_weather",
        description: "Weather.",
        parameters: { type: "object", properties: {} },
      },
    },
  ],
  tool_choice: "auto",
};

describe("a chat client on an Anthropic upstream", () => {
  it("LobeChat: a tool call in a stream, its result, the last word", async () => {
    const who = await world.customer();
    const { chunks, done } = await stream(who, lobeChat);
    expect([textOf(chunks), finishes(chunks), done]).toEqual(["Okay, let me look.", ["tool_calls"], true]);
    const calls = deltas(chunks).flatMap((delta) => delta.tool_calls ?? []);
    expect(calls[0]).toMatchObject({ index: 0, id: "toolu_01Weather", function: { name: "get_weather" } });
    const args = calls.map((call) => call.function.arguments).join("");
    expect(JSON.parse(args)).toEqual({ location: "Bern" });
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 472, completion_tokens: 89, total_tokens: 561 },
    });
    const seen = world.anthropic.last("claude-tools");
    expect(seen.url).toBe("/v1/messages");
    expect(seen.headers).toMatchObject({ "anthropic-version": "2023-06-01" });
    expect(seen.headers).not.toHaveProperty("anthropic-beta");
    expect(seen.body).toMatchObject({
      max_tokens: 64_000,
      system: [{ type: "text", text: "You are helpful." }],
    });

    const answered = await stream(who, {
      ...lobeChat,
      messages: [
        ...lobeChat.messages,
        {
          role: "assistant",
          content: "Okay, let me look.",
          tool_calls: [
            { id: "toolu_01Weather", type: "function", function: { name: "get_weather", arguments: args } },
          ],
        },
        { role: "tool", tool_call_id: "toolu_01Weather", content: "Sunny" },
      ],
    });
    expect([textOf(answered.chunks), finishes(answered.chunks)]).toEqual(["It is sunny.", ["stop"]]);
    expect((await callRows(who.workspaceId)).map((row) => [row.outcome, row.input_tokens])).toEqual([
      ["ok", 472n],
      ["ok", 600n],
    ]);
  });

  it("parallel calls, plain and as chunks of a plain answer", async () => {
    const who = await world.customer();
    const whole = (await (await chat(who, { model: "claude-parallel" })).json()) as {
      choices: { message: Delta; finish_reason: string }[];
      usage: object;
    };
    expect(whole.choices[0]?.message.tool_calls?.map((call) => call.function)).toEqual([
      { name: "get_weather", arguments: '{"location":"Bern"}' },
      { name: "get_time", arguments: "{}" },
      { name: "get_weather", arguments: '{"location":"Chur"}' },
    ]);
    expect(whole).toMatchObject({
      object: "chat.completion",
      choices: [{ finish_reason: "tool_calls", message: { content: null } }],
      usage: { prompt_tokens: 500, completion_tokens: 120, total_tokens: 620 },
    });
    const { chunks } = await stream(who, { model: "claude-plain" });
    const names = deltas(chunks).flatMap(
      (delta) => delta.tool_calls?.flatMap((call) => call.function.name ?? []) ?? [],
    );
    expect(names).toEqual(["get_weather", "get_time", "get_weather"]);
  });

  it("thinking comes as reasoning, and goes back signed in the next turn", async () => {
    const who = await world.customer();
    const { chunks } = await stream(who, { model: "claude-thinking", reasoning_effort: "high" });
    expect(
      deltas(chunks)
        .map((delta) => delta.reasoning_content ?? "")
        .join(""),
    ).toBe("Let me think.");
    const details = deltas(chunks).flatMap((delta) => delta.reasoning_details ?? []);
    const messages = [
      { role: "user", content: "27 * 453?" },
      { role: "assistant", content: textOf(chunks), reasoning_details: details },
      { role: "user", content: "Sure?" },
    ];
    expect((await chat(who, { model: "claude-thinking", messages })).status).toBe(200);
    expect(world.anthropic.last("claude-thinking").body.messages[1]?.content).toEqual([
      { type: "thinking", thinking: "Let me think.", signature: "sigEqQBCgIYAhIM1gbcDa9GJwZA" },
      { type: "redacted_thinking", data: "EmwKAhgBEgy3va3pzix" },
      { type: "text", text: "27 * 453 = 12,231" },
    ]);
    const [row] = await callRows(who.workspaceId);
    expect(row?.cost_nano).toBe(80_000n + 40_000n + 210_000n);
  });

  it("usage in OpenAI's shape, cached input as part of the prompt; hidden from who did not ask", async () => {
    const who = await world.customer();
    const messages = [{ role: "user", content: "word ".repeat(10_000) }];
    const cache = { type: "ephemeral", ttl: "1h" };
    const { chunks } = await stream(who, {
      model: "claude-cache",
      stream_options: { include_usage: true },
      messages: [
        { role: "system", content: [{ type: "text", text: "Long.", cache_control: cache }] },
        ...messages,
      ],
    });
    expect(chunks.at(-1)?.usage).toMatchObject({
      prompt_tokens: 21 + 700 + 188_086,
      completion_tokens: 393,
      prompt_tokens_details: { cached_tokens: 188_086 },
    });
    expect(world.anthropic.last("claude-cache").body.system).toEqual([
      { type: "text", text: "Long.", cache_control: cache },
    ]);
    const hidden = await stream(who, { model: "claude-cache", messages });
    expect(hidden.chunks.every((chunk) => chunk.usage === undefined && chunk.choices.length === 1)).toBe(
      true,
    );
  });

  it("images and schemas arrive as Anthropic wants them, megabytes byte for byte", async () => {
    const who = await world.customer();
    const data = Buffer.alloc(600_000, 9).toString("base64");
    const schema = {
      type: "object",
      properties: { title: { type: "string", maxLength: 60 } },
      required: ["title"],
    };
    const response = await chat(who, {
      model: "claude-json",
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "Title?" },
            { type: "image_url", image_url: { url: `data:image/png;base64,${data}` } },
          ],
        },
      ],
      response_format: { type: "json_schema", json_schema: { name: "t", strict: true, schema } },
    });
    expect(((await response.json()) as { choices: { message: Delta }[] }).choices[0]?.message.content).toBe(
      '{"title":"Bern"}',
    );
    expect(world.anthropic.last("claude-json").body).toMatchObject({
      messages: [
        { content: [{ text: "Title?" }, { source: { type: "base64", media_type: "image/png", data } }] },
      ],
      output_config: {
        format: {
          schema: { properties: { title: { type: "string" } }, additionalProperties: false },
        },
      },
    });
  });

  it.each([
    [{ n: 2 }, "n"],
    [{ logprobs: true }, "logprobs"],
    [
      { messages: [{ role: "user", content: [{ type: "video_url", video_url: {} }] }] },
      "messages[0].content[0]",
    ],
  ])("what Claude cannot do is refused, with nothing sent or charged: %j", async (body, param) => {
    const who = await world.customer();
    const asked = world.anthropic.seen.length;
    const response = await chat(who, { model: "claude-text", ...body });
    expect([response.status, ((await response.json()) as { error: object }).error]).toMatchObject([
      400,
      { code: "unsupported_capability", param },
    ]);
    expect(world.anthropic.seen).toHaveLength(asked);
    expect((await wallet(who.workspaceId)).reserved).toBe(0n);
  });

  it("a refusal is content_filter", async () => {
    const who = await world.customer();
    const { chunks, done } = await stream(who, { model: "claude-refusal" });
    expect([finishes(chunks), done]).toEqual([["content_filter"], true]);
  });

  it.each(["claude-overloaded", "claude-overloaded-first", "claude-rate", "claude-quota"])(
    "%s: 503 before anything streams",
    async (model) => {
      const who = await world.customer();
      const response = await chat(who, { model, stream: true });
      const text = await response.text();
      expect([response.status, JSON.parse(text).error.code]).toEqual([503, "upstream_unavailable"]);
      expect(text).not.toContain("credit balance");
      if (model === "claude-rate") expect(response.headers.get("retry-after")).toBe("7");
      expect((await wallet(who.workspaceId)).balance).toBe(10_000_000_000n);
    },
  );

  it("an error with status 200 is one, too", async () => {
    const who = await world.customer();
    expect((await chat(who, { model: "claude-error-body" })).status).toBe(503);
  });

  it.each(["claude-breaks", "claude-early-end", "claude-giant"])(
    "%s in the middle: an error chunk and [DONE], what came is charged",
    async (model) => {
      const who = await world.customer();
      const { chunks, done } = await stream(who, { model });
      expect([chunks.at(-1)?.error?.code, done]).toEqual(["upstream_unavailable", true]);
      expect(JSON.stringify(chunks)).not.toContain("sk-ant");
      const [row] = await callRows(who.workspaceId);
      expect(row).toMatchObject({ outcome: "upstream_error", input_tokens: 25n });
      await until(async () => (await openHolds()) === 0);
    },
  );
});
