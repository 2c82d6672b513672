import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chunk, event, json, openStream, type Script, USAGE } from "@/e2e/fakes/upstream";
import { type Customer, type GatewayWorld, startWorld, until } from "@/e2e/gateway/world";
import type { Ctx } from "@/lib/actor";
import { addModel } from "@/lib/catalog/add-model";
import { newId } from "@/lib/ids";

type Json = Record<string, unknown>;
const ctx: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };

const probs = (token: string) => ({
  content: [
    {
      token,
      logprob: -0.25,
      bytes: [...Buffer.from(token)],
      top_logprobs: [{ token: "alt", logprob: -2.5, bytes: [97, 108, 116] }],
    },
  ],
  refusal: null,
});
const calls = ["Oslo", "Rome"].map((city, at) => ({
  id: `call_${at}`,
  type: "function",
  function: { name: "weather", arguments: JSON.stringify({ city }) },
}));

/** Everything that an answer may hold, at once. */
const MESSAGE = {
  role: "assistant",
  content: '{"city":"Oslo"}',
  reasoning_content: "Which city?",
  reasoning_details: [{ type: "reasoning.text", text: "Which city?", signature: "sig", index: 0 }],
  refusal: null,
  annotations: [{ type: "url_citation", url_citation: { url: "https://a.example", title: "A" } }],
  tool_calls: calls,
  field_of_a_later_year: { kept: true },
};
const CHOICES = [
  { index: 0, message: MESSAGE, logprobs: probs("{"), finish_reason: "tool_calls" },
  {
    index: 1,
    message: { role: "assistant", content: '{"city":"Rome"}' },
    logprobs: null,
    finish_reason: "stop",
  },
];
const COMPLETION = {
  id: "chatcmpl-all",
  object: "chat.completion",
  created: 1_700_000_000,
  model: "all-2026",
  system_fingerprint: "fp_1",
  service_tier: "default",
  choices: CHOICES,
  usage: { ...USAGE, completion_tokens_details: { reasoning_tokens: 2 } },
};
const CHUNKS = [
  chunk({ role: "assistant", content: "" }, null, { system_fingerprint: "fp_1" }),
  chunk({ reasoning_content: "Which city?" }),
  chunk({ reasoning_details: MESSAGE.reasoning_details }),
  event({
    id: "chatcmpl-fake",
    choices: [{ index: 0, delta: { content: "{" }, logprobs: probs("{"), finish_reason: null }],
  }),
  chunk({ tool_calls: [{ index: 0, ...calls[0] }] }),
  chunk({ tool_calls: [{ index: 1, ...calls[1] }] }),
  chunk({ field_of_a_later_year: 1.5 }),
  chunk({}, "tool_calls"),
];

const all: Script = ({ body, res }) => {
  if (!body.stream) return json(res, 200, JSON.stringify(COMPLETION));
  openStream(res);
  for (const text of CHUNKS) res.write(text);
  res.end(`${event({ id: "chatcmpl-fake", choices: [], usage: COMPLETION.usage })}data: [DONE]\n\n`);
};

/** What only one side of the wire may know: everything else must arrive as it was sent. */
const ASKED = {
  temperature: 0.7,
  seed: 4,
  logprobs: true,
  top_logprobs: 1,
  logit_bias: { 50256: -100 },
  n: 2,
  stop: ["\n\n"],
  user: "somebody",
  verbosity: "low",
  reasoning_effort: "high",
  parallel_tool_calls: true,
  response_format: {
    type: "json_schema",
    json_schema: {
      name: "place",
      strict: true,
      schema: { type: "object", properties: { city: { type: "string" } } },
    },
  },
  tools: [{ type: "function", function: { name: "weather", strict: true, parameters: { type: "object" } } }],
  tool_choice: { type: "function", function: { name: "weather" } },
  field_of_a_later_year: [1.0, "two"],
  messages: [
    { role: "developer", content: "Be exact." },
    {
      role: "user",
      content: [
        { type: "text", text: "Where?", cache_control: { type: "ephemeral" } },
        {
          type: "image_url",
          image_url: { url: `data:image/png;base64,${"A".repeat(40_000)}`, detail: "high" },
        },
      ],
    },
    { role: "assistant", content: null, reasoning_content: "Hm", tool_calls: calls },
    { role: "tool", tool_call_id: "call_0", content: "sunny" },
    { role: "tool", tool_call_id: "call_1", content: [{ type: "text", text: "wet" }] },
  ],
};

let world: GatewayWorld;
let customer: Customer;
let client: OpenAI;

beforeAll(async () => {
  world = await startWorld(["ok"]);
  world.upstream.scripts.all = all;
  await addModel(ctx, {
    id: "all",
    connection: "fake",
    upstreamId: "all",
    inputUsdPerMillion: "1",
    outputUsdPerMillion: "2",
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    tools: true,
    vision: true,
    structuredOutput: true,
    reasoning: true,
  });
  customer = await world.customer();
  client = new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
  await until(async () => (await ask({})).status === 200);
});
afterAll(() => world.stop());

const ask = (more: object) =>
  fetch(`${world.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${customer.secret}` },
    body: JSON.stringify({ model: "all", max_completion_tokens: 500, ...ASKED, ...more }),
  });
const sent = () => JSON.parse(world.upstream.seen.at(-1)?.raw ?? "{}") as Json;

describe("from chat to chat, nothing is lost", () => {
  it("of what was asked", async () => {
    await (await ask({})).text();
    expect(sent()).toEqual({ model: "all", max_completion_tokens: 500, ...ASKED });
    await (await ask({ stream: true, stream_options: { include_obfuscation: false } })).text();
    expect(sent()).toEqual({
      model: "all",
      max_completion_tokens: 500,
      ...ASKED,
      stream: true,
      stream_options: { include_obfuscation: false, include_usage: true },
    });
  });

  it("of a plain answer: structured output, logprobs, parallel calls, thoughts, every choice", async () => {
    expect(await (await ask({})).json()).toEqual(COMPLETION);
  });

  it("of a stream: the same, chunk by chunk, with usage only for who asked", async () => {
    const datas = (text: string) => text.split("\n\n").filter((line) => line !== "");
    const asked = datas(await (await ask({ stream: true, stream_options: { include_usage: true } })).text());
    const wanted = CHUNKS.map((text) => text.trim());
    expect(asked.slice(0, -2)).toEqual(wanted);
    expect(JSON.parse(asked.at(-2)?.slice(6) ?? "")).toMatchObject({ choices: [], usage: COMPLETION.usage });
    const unasked = datas(await (await ask({ stream: true })).text());
    expect(unasked).toEqual([...wanted, "data: [DONE]"]);
  });

  it("for the official SDK's own parsing of a schema", async () => {
    const parsed = await client.chat.completions.parse({
      model: "all",
      messages: [{ role: "user", content: "Where?" }],
      response_format: {
        type: "json_schema",
        json_schema: { name: "place", schema: { type: "object" } },
      },
    });
    expect(parsed.choices.map(({ message }) => message.parsed)).toEqual([{ city: "Oslo" }, { city: "Rome" }]);
    expect(parsed.choices[0]?.logprobs?.content?.[0]?.top_logprobs).toHaveLength(1);
  });

  it("and a model that has no schemas says so before anything is sent", async () => {
    const before = world.upstream.seen.length;
    const answer = await ask({ model: "ok" });
    expect([answer.status, (await answer.json()).error.code]).toEqual([400, "unsupported_capability"]);
    const { messages: _, ...rest } = ASKED;
    const schema = await ask({ ...rest, model: "ok", messages: [{ role: "user", content: "Where?" }] });
    expect((await schema.json()).error).toMatchObject({
      code: "unsupported_capability",
      param: "response_format",
    });
    expect(world.upstream.seen.length).toBe(before);
  });
});
