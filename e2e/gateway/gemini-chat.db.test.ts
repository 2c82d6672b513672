import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GEMINI_KEY, GEMINI_WORDS } from "@/e2e/fakes/gemini";
import { type GeminiWorld, startGeminiWorld } from "@/e2e/gateway/gemini-world";
import { type Customer, callRows, openHolds, until, wallet } from "@/e2e/gateway/world";

const NEW = "gemini-3.5-flash";
const OLD = "gemini-2.5-pro";
const SCRIPTED = [
  "slow",
  "stops",
  "blocked",
  "safety",
  "broken",
  "capped",
  "cached",
  "quota",
  "breaking",
  "early",
  "list",
  "locked",
];
const TEXT = GEMINI_WORDS.join("");
let world: GeminiWorld;
let customer: Customer;
let client: OpenAI;

beforeAll(async () => {
  world = await startGeminiWorld([NEW, OLD, ...SCRIPTED.map((name) => `gemini-2.5-${name}`)]);
  customer = await world.customer();
  client = new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
});
afterAll(() => world.stop());

const lastRow = async () => (await callRows(customer.workspaceId)).at(-1);
const sent = () => {
  const seen = world.gemini.seen.at(-1);
  if (!seen) throw new Error("nothing was sent");
  return seen;
};
const USER = { role: "user", content: "Weather in Bern?" } as const;
const WEATHER = {
  type: "function",
  function: {
    name: "look_up",
    parameters: {
      type: "object",
      properties: { city: { type: "string", minLength: 1 } },
      required: ["city"],
      $schema: "http://json-schema.org/draft-07/schema#",
    },
  },
} as const;
const CLOCK = { type: "function", function: { name: "clock" } } as const;
const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("a chat client with a model of Gemini's", () => {
  it("streams as LobeChat asks for it: thoughts, text, usage, and the exact price", async () => {
    const before = await wallet(customer.workspaceId);
    const stream = await client.chat.completions.create({
      model: NEW,
      stream: true,
      stream_options: { include_usage: true },
      temperature: 1,
      top_p: 1,
      frequency_penalty: 0,
      presence_penalty: 0,
      messages: [{ role: "system", content: "Be brief." }, USER],
    });
    let text = "";
    let thoughts = "";
    let finish: string | null = null;
    let usage: OpenAI.CompletionUsage | null | undefined = null;
    for await (const chunk of stream) {
      const choice = chunk.choices[0];
      text += choice?.delta.content ?? "";
      thoughts += (choice?.delta as { reasoning_content?: string } | undefined)?.reasoning_content ?? "";
      finish = choice?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
    expect([text, thoughts, finish]).toEqual([TEXT, "**Thinking** about it.", "stop"]);
    // 20 input tokens at $1, 5 of text and 7 of thoughts at $2 per million.
    expect(usage).toMatchObject({
      prompt_tokens: 20,
      completion_tokens: 12,
      completion_tokens_details: { reasoning_tokens: 7 },
    });
    expect(await lastRow()).toMatchObject({
      outcome: "ok",
      input_tokens: 20n,
      output_tokens: 5n,
      reasoning_tokens: 7n,
      cost_nano: 44_000n,
      measured: true,
      streamed: true,
    });
    const after = await wallet(customer.workspaceId);
    expect([before.balance - after.balance, after.reserved]).toEqual([44_000n, 0n]);
    expect(sent()).toMatchObject({
      url: `/v1beta/models/${NEW}:streamGenerateContent?alt=sse`,
      body: {
        systemInstruction: { parts: [{ text: "Be brief." }] },
        contents: [{ role: "user", parts: [{ text: USER.content }] }],
      },
    });
    expect(sent().headers).toMatchObject({ "x-goog-api-key": GEMINI_KEY });
    expect(sent().headers).not.toHaveProperty("authorization");
  });

  it("answers plain", async () => {
    const { data, response } = await client.chat.completions
      .create({ model: OLD, messages: [USER], max_tokens: 100, n: 1 })
      .withResponse();
    expect(data.choices[0]).toMatchObject({ message: { content: TEXT }, finish_reason: "stop" });
    expect(data).toMatchObject({ object: "chat.completion", usage: { total_tokens: 32 } });
    expect(response.headers.get("x-request-cost")).toBe("0.000044");
    expect(sent().body.generationConfig).toMatchObject({ maxOutputTokens: 100 });
  });

  it.each([true, false])(
    "calls tools in parallel and gives their results back (stream: %s)",
    async (stream) => {
      const messages: OpenAI.ChatCompletionMessageParam[] = [USER];
      const ask = { model: NEW, messages, tools: [WEATHER, CLOCK] };
      const turn = stream
        ? await client.chat.completions.stream(ask).finalChatCompletion()
        : await client.chat.completions.create(ask);
      const message = turn.choices[0]?.message;
      expect(turn.choices[0]?.finish_reason).toBe("tool_calls");
      const calls = message?.tool_calls ?? [];
      expect(
        calls.map((call) => call.type === "function" && [call.function.name, call.function.arguments]),
      ).toEqual([
        ["look_up", '{"city":"Bern"}'],
        ["clock", '{"city":"Basel"}'],
      ]);
      if (!message) throw new Error("no message");
      messages.push(message);
      for (const call of calls)
        messages.push({ role: "tool", tool_call_id: call.id, content: `result of ${call.id}` });
      const answer = await client.chat.completions.create(ask);
      expect(answer.choices[0]?.message.content).toBe(
        `look_up: result of ${calls[0]?.id}. clock: result of ${calls[1]?.id}. `,
      );
      // The fake refuses calls of Gemini 3 whose first one has lost its signature.
      const parts = sent().body.contents[1]?.parts ?? [];
      expect(parts.map((part) => part.thoughtSignature)).toEqual(["c2lnbmF0dXJl", undefined]);
      expect(sent().body.tools?.[0]?.functionDeclarations[0]?.parametersJsonSchema).toEqual({
        type: "object",
        properties: { city: { type: "string" } },
        required: ["city"],
      });
    },
  );

  it("sends images, small and large, and answers in the form that a schema asks for", async () => {
    const large = `data:image/jpeg;base64,/9j/${"A".repeat(40_000)}`;
    const { choices } = await client.chat.completions.create({
      model: OLD,
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "What is it?" },
            { type: "image_url", image_url: { url: PIXEL } },
            { type: "image_url", image_url: { url: large } },
          ],
        },
      ],
    });
    expect(choices[0]?.message.content).toBe("2 images: image/png, image/jpeg");
    expect(sent().body.contents[0]?.parts[2]?.inlineData?.data).toBe(
      large.slice("data:image/jpeg;base64,".length),
    );
    const structured = await client.chat.completions.create({
      model: OLD,
      messages: [USER],
      response_format: {
        type: "json_schema",
        json_schema: { name: "place", schema: { type: "object", properties: { city: { type: "string" } } } },
      },
    });
    expect(JSON.parse(structured.choices[0]?.message.content ?? "")).toEqual({ city: "Bern" });
  });

  it("holds for an image what one of its size may cost, so that little credit is enough", async () => {
    // One cent: 17,000 tokens, the worst of any vendor, would be more.
    const poor = await world.customer(10_000_000n);
    const answer = await new OpenAI({ baseURL: world.baseUrl, apiKey: poor.secret }).chat.completions.create({
      model: NEW,
      max_tokens: 100,
      messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: PIXEL } }] }],
    });
    expect(answer.choices[0]?.message.content).toBe("1 images: image/png");
  });

  it("is told what cannot be done before anything is sent, and pays nothing", async () => {
    const before = await wallet(customer.workspaceId);
    const count = world.gemini.seen.length;
    const wrong = client.chat.completions.create({
      model: OLD,
      messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "gs://bucket/a.png" } }] }],
      stream: true,
    });
    await expect(wrong).rejects.toMatchObject({
      status: 400,
      code: "unsupported_capability",
      param: "messages[0].content[0].image_url",
    });
    expect([world.gemini.seen.length, await openHolds()]).toEqual([count, 0]);
    expect(await wallet(customer.workspaceId)).toEqual(before);
  });
});

describe("what may go wrong with Gemini", () => {
  const ask = (name: string, stream: boolean) =>
    fetch(`${world.baseUrl}/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${customer.secret}` },
      body: JSON.stringify({ model: `gemini-2.5-${name}`, stream, messages: [USER] }),
    });
  /** The text, the end and the error of an answer, streamed or not. */
  const told = async (name: string, stream: boolean) => {
    const response = await ask(name, stream);
    const body = await response.text();
    const events = body.startsWith("data:")
      ? body.split("\n\n").flatMap((line) => (line.startsWith("data: {") ? [JSON.parse(line.slice(6))] : []))
      : [JSON.parse(body)];
    const choices = events.flatMap((one) => one.choices ?? []);
    return {
      status: response.status,
      text: choices.map((choice) => (choice.delta ?? choice.message).content ?? "").join(""),
      finish: choices.map((choice) => choice.finish_reason).findLast((reason) => reason) ?? null,
      error: events.map((one) => one.error?.code).findLast((code) => code) ?? null,
      done: !stream || response.status !== 200 || body.trimEnd().endsWith("data: [DONE]"),
    };
  };

  it.each([true, false])("a blocked prompt says so and costs nothing (stream: %s)", async (stream) => {
    expect(await told("blocked", stream)).toMatchObject({
      status: 200,
      finish: "content_filter",
      done: true,
    });
    expect(await lastRow()).toMatchObject({ outcome: "empty", cost_nano: 0n });
  });

  it.each([true, false])("an answer cut by a filter keeps what was said (stream: %s)", async (stream) => {
    expect(await told("safety", stream)).toMatchObject({
      text: "Well",
      finish: "content_filter",
      done: true,
    });
    expect(await lastRow()).toMatchObject({ outcome: "ok", output_tokens: 1n, cost_nano: 22_000n });
  });

  it.each([true, false])("an answer cut by its cap says length (stream: %s)", async (stream) => {
    expect(await told("capped", stream)).toMatchObject({ text: "Cut", finish: "length", done: true });
  });

  it.each([true, false])("an answer each of whose events ends it ends once (stream: %s)", async (stream) => {
    expect(await told("stops", stream)).toMatchObject({ text: "One and two", finish: "stop", done: true });
    const body = await (await ask("stops", stream)).text();
    expect(body.match(/"finish_reason":"stop"/g)).toHaveLength(1);
    expect(await lastRow()).toMatchObject({ outcome: "ok", output_tokens: 2n });
  });

  it.each([true, false])("cached input has its own price (stream: %s)", async (stream) => {
    expect(await told("cached", stream)).toMatchObject({ text: "Hi", finish: "stop" });
    // 5 fresh tokens at $1, 15 cached ones at $0.25, 2 of output at $2 per million.
    expect(await lastRow()).toMatchObject({ input_tokens: 5n, cached_tokens: 15n, cost_nano: 12_750n });
  });

  it.each([true, false])(
    "events in one JSON list are an answer all the same (stream: %s)",
    async (stream) => {
      expect(await told("list", stream)).toMatchObject({ text: "One list", finish: "stop", done: true });
      expect(await lastRow()).toMatchObject({ outcome: "ok", output_tokens: 2n });
    },
  );

  it.each([
    ["broken", true, 503],
    ["broken", false, 503],
    ["quota", true, 503],
    ["quota", false, 503],
    ["locked", true, 503],
    ["locked", false, 503],
  ])("%s (stream: %s) fails before anything was said, for nothing", async (name, stream, status) => {
    const before = await wallet(customer.workspaceId);
    expect(await told(name, stream)).toMatchObject({ status, error: "upstream_unavailable" });
    expect(await lastRow()).toMatchObject({ outcome: "upstream_error", cost_nano: 0n });
    expect(await wallet(customer.workspaceId)).toEqual(before);
  });

  it("asks again when the model has spoilt its call", async () => {
    const count = world.gemini.seen.length;
    await told("broken", true);
    expect(world.gemini.seen.length - count).toBe(2);
  });

  it("names the alert when Google refuses our key", async () => {
    await ask("locked", false);
    const metrics = await fetch(world.baseUrl.replace(/\/v1$/, "/metrics"), {
      headers: { authorization: "Bearer metrics-token" },
    });
    expect(await metrics.text()).toMatch(/alert="upstream_key_refused"/);
  });

  it.each(["breaking", "early"])("a stream that is %s in its middle ends with an error", async (name) => {
    expect(await told(name, true)).toMatchObject({ text: "Half", error: "upstream_unavailable", done: true });
    expect(await lastRow()).toMatchObject({ outcome: "upstream_error", output_tokens: 1n });
    expect(await openHolds()).toBe(0);
  });

  it("a caller who leaves pays what Gemini had used until then, by its own totals", async () => {
    const leave = new AbortController();
    const stream = await client.chat.completions.create(
      { model: "gemini-2.5-slow", stream: true, messages: [USER] },
      { signal: leave.signal },
    );
    let words = 0;
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content && ++words === 20) break;
    }
    leave.abort();
    await until(async () => (await lastRow())?.outcome === "cancelled");
    const row = await lastRow();
    expect(row).toMatchObject({ measured: true, input_tokens: 20n, http_status: 499 });
    // Two tokens a word; a few words were on their way.
    expect(Number(row?.output_tokens)).toBeGreaterThanOrEqual(40);
    expect(Number(row?.output_tokens)).toBeLessThan(200);
    expect(row?.cost_nano).toBe(20_000n + 2_000n * (row?.output_tokens ?? 0n));
    expect(await openHolds()).toBe(0);
  });
});
