import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GEMINI_WORDS } from "@/e2e/fakes/gemini";
import {
  WORDS as CHAT_WORDS,
  event,
  FakeUpstream,
  json,
  openStream,
  type Script,
} from "@/e2e/fakes/upstream";
import { ctx, type GeminiWorld, startGeminiWorld } from "@/e2e/gateway/gemini-world";
import { type Customer, callRows, openHolds } from "@/e2e/gateway/world";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";

const GEMINI = "gemini-3.5-flash";
const WORDS = ["return", " a", " + b"];
const USAGE = { prompt_tokens: 6, completion_tokens: 3, total_tokens: 9 };
const frame = { id: "cmpl-fake", object: "text_completion", created: 1_700_000_000, model: "old-2026" };
const choice = (text: string, finish_reason: string | null) => ({
  text,
  index: 0,
  logprobs: null,
  finish_reason,
});
let world: GeminiWorld;
let old: FakeUpstream;
let customer: Customer;
let client: OpenAI;

const complete: Script = async ({ body, res }) => {
  if (!body.stream)
    return json(
      res,
      200,
      JSON.stringify({ ...frame, choices: [choice(WORDS.join(""), "stop")], usage: USAGE }),
    );
  openStream(res);
  for (const word of WORDS) res.write(event({ ...frame, choices: [choice(word, null)] }));
  res.write(event({ ...frame, choices: [choice("", "stop")] }));
  if (body.stream_options?.include_usage) res.write(event({ ...frame, choices: [], usage: USAGE }));
  res.end("data: [DONE]\n\n");
};
/** Breaks off after two words, without usage. */
const breakOff: Script = ({ res }) => {
  openStream(res);
  for (const word of WORDS.slice(0, 2)) res.write(event({ ...frame, choices: [choice(word, null)] }));
  res.end();
};

beforeAll(async () => {
  // What people run themselves speaks this only where they say so.
  old = await new FakeUpstream().start();
  old.scripts.old = complete;
  old.scripts["old-breaks"] = breakOff;
  await addConnection(ctx, {
    name: "old",
    kind: "openai-compatible",
    url: old.url,
    allowPrivate: true,
    dialects: ["chat", "completions"],
  });
  for (const id of ["old", "old-breaks"]) {
    const prices = { inputUsdPerMillion: "1", outputUsdPerMillion: "2" };
    await addModel(ctx, { id, connection: "old", upstreamId: id, contextTokens: 16_000, ...prices });
  }
  world = await startGeminiWorld([GEMINI], ["ok"]);
  customer = await world.customer();
  client = new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
});
afterAll(async () => {
  await world.stop();
  await old.stop();
});

const lastRow = async () => (await callRows(customer.workspaceId)).at(-1);
const ask = (body: object) =>
  fetch(`${world.baseUrl}/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${customer.secret}` },
    body: JSON.stringify({ model: "old", prompt: "def add(a, b):", ...body }),
  });

describe("legacy completions, passed through", () => {
  it("answer plain, with a suffix as editors send it", async () => {
    const answer = await client.completions.create({
      model: "old",
      prompt: "def add(a, b):\n  ",
      suffix: "\n",
    });
    expect(answer).toEqual({ ...frame, choices: [choice(WORDS.join(""), "stop")], usage: USAGE });
    expect(old.seen.at(-1)?.body).toEqual({
      model: "old",
      prompt: "def add(a, b):\n  ",
      suffix: "\n",
      max_tokens: 16,
    });
    // 6 tokens at $1 and 3 at $2 per million.
    expect(await lastRow()).toMatchObject({
      outcome: "ok",
      cost_nano: 12_000n,
      dialect: "completions",
      measured: true,
    });
  });

  it.each([true, false])("stream, usage asked for always and shown to who asked (%s)", async (asked) => {
    const stream = await client.completions.create({
      model: "old",
      prompt: "x",
      max_tokens: 50,
      stream: true,
      ...(asked ? { stream_options: { include_usage: true } } : {}),
    });
    let text = "";
    const usages: unknown[] = [];
    for await (const chunk of stream) {
      text += chunk.choices[0]?.text ?? "";
      if (chunk.usage) usages.push(chunk.usage);
    }
    expect([text, usages]).toEqual([WORDS.join(""), asked ? [USAGE] : []]);
    expect(old.seen.at(-1)?.body).toMatchObject({
      stream_options: { include_usage: true },
      max_tokens: 50,
    });
    expect(await lastRow()).toMatchObject({ outcome: "ok", cost_nano: 12_000n, streamed: true });
  });

  it("that break off end with an error, and what was delivered is paid", async () => {
    const body = await (await ask({ model: "old-breaks", stream: true })).text();
    expect(body).toMatch(/"error":.*upstream_unavailable[\s\S]*data: \[DONE\]\n\n$/);
    expect(await lastRow()).toMatchObject({ outcome: "upstream_error", output_tokens: 2n, measured: false });
    expect(await openHolds()).toBe(0);
  });

  it.each([
    [{ best_of: 3 }, "unsupported_capability", "best_of"],
    [{ n: 1_000 }, "invalid_request_error", "n"],
    [{ prompt: 5 }, "invalid_request_error", "prompt"],
    [{ max_tokens: -1 }, "invalid_request_error", "max_tokens"],
  ])("refuse %j", async (body, code, param) => {
    const response = await ask(body);
    expect([response.status, (await response.json()).error]).toMatchObject([400, { code, param }]);
  });
});

describe("legacy completions of a model that only chats", () => {
  it.each([true, false])("are made of a chat (stream: %s)", async (stream) => {
    let text = "";
    let finish: string | null = null;
    if (stream) {
      const chunks = await client.completions.create({
        model: GEMINI,
        prompt: "Say hello",
        max_tokens: 60,
        stream,
      });
      for await (const chunk of chunks) {
        expect(chunk.object).toBe("text_completion");
        text += chunk.choices[0]?.text ?? "";
        finish = chunk.choices[0]?.finish_reason ?? finish;
      }
    } else {
      const answer = await client.completions.create({ model: GEMINI, prompt: "Say hello", max_tokens: 60 });
      expect(answer).toMatchObject({
        object: "text_completion",
        usage: { prompt_tokens: 20, completion_tokens: 12 },
      });
      text = answer.choices[0]?.text ?? "";
      finish = answer.choices[0]?.finish_reason ?? null;
    }
    expect([text, finish]).toEqual([GEMINI_WORDS.join(""), "stop"]);
    expect(world.gemini.seen.at(-1)?.body).toMatchObject({
      contents: [{ role: "user", parts: [{ text: "Say hello" }] }],
      generationConfig: { maxOutputTokens: 60 },
    });
    expect(await lastRow()).toMatchObject({ outcome: "ok", cost_nano: 44_000n });
  });

  it("is made of the chat of any OpenAI-compatible upstream that says no more of itself", async () => {
    const answer = await client.completions.create({ model: "ok", prompt: "hi" });
    expect(answer.choices).toEqual([
      { text: CHAT_WORDS.join(""), index: 0, logprobs: null, finish_reason: "stop" },
    ]);
    expect(world.upstream.seen.at(-1)?.body).toMatchObject({ messages: [{ role: "user", content: "hi" }] });
  });

  it.each([
    [{ suffix: "x" }, "suffix"],
    [{ prompt: ["a", "b"] }, "prompt"],
    [{ echo: true }, "echo"],
  ])("cannot be had with %j", async (body, param) => {
    const response = await ask({ model: GEMINI, ...body });
    expect([response.status, (await response.json()).error]).toMatchObject([
      400,
      { code: "unsupported_capability", param },
    ]);
    expect(await openHolds()).toBe(0);
  });
});
