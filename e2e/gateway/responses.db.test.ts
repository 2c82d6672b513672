import { request as httpRequest } from "node:http";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codexFirstTurn, codexSecondTurn } from "@/e2e/fakes/responses-codex";
import { readEvents } from "@/e2e/fakes/responses-events";
import { checkSequence } from "@/e2e/fakes/responses-sequence";
import { type ChatBody, WORDS } from "@/e2e/fakes/upstream";
import {
  type Customer,
  callRows,
  type GatewayWorld,
  openHolds,
  startWorld,
  until,
  wallet,
} from "@/e2e/gateway/world";

type Json = Record<string, unknown>;
const TEXT = WORDS.join("");
const MODELS = ["ok", "tools", "no-usage", "endless-words", "slow-drip", "empty", "bad-request"];
const FAULTS = [
  "hang-before",
  "hang-after",
  "reset-before",
  "reset-after",
  "error-event",
  "malformed",
  "early-end",
  "status-401",
  "status-503",
];
let world: GatewayWorld;
let customer: Customer;
let client: OpenAI;

beforeAll(async () => {
  world = await startWorld([...MODELS, ...FAULTS], { limits: { streamReserveTokens: 1_000 } });
  customer = await world.customer();
  client = new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
});
afterAll(() => world.stop());

const ask = (body: object, who = customer, signal?: AbortSignal) =>
  fetch(`${world.baseUrl}/responses`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.secret}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "ok", input: "hi", ...body }),
    ...(signal ? { signal } : {}),
  });
const lastRow = async (who = customer) => (await callRows(who.workspaceId)).at(-1);
const lastSent = () => world.upstream.seen.at(-1)?.body as ChatBody;

describe("over an upstream that knows chat completions only", () => {
  it("a plain call, by the official SDK: the text, the usage, the cost to the nano", async () => {
    const before = await wallet(customer.workspaceId);
    const { data, response } = await client.responses
      .create({ model: "ok", input: "hi", instructions: "Be brief.", max_output_tokens: 40 })
      .withResponse();
    expect(data.output_text).toBe(TEXT);
    expect(data).toMatchObject({
      object: "response",
      status: "completed",
      model: "ok",
      instructions: "Be brief.",
      max_output_tokens: 40,
      usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
    });
    expect(response.headers.get("x-request-cost")).toBe("0.00002");
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
    const after = await wallet(customer.workspaceId);
    expect(before.balance - after.balance).toBe(20_000n);
    expect(await lastRow()).toMatchObject({
      outcome: "ok",
      input_tokens: 10n,
      output_tokens: 5n,
      dialect: "responses",
    });
    expect(lastSent()).toEqual({
      model: "ok",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "hi" },
      ],
      max_tokens: 40,
    });
  });

  it("a stream: every event, and its end only once it is paid for", async () => {
    const before = await wallet(customer.workspaceId);
    let paid: bigint | null = null;
    const stream = await client.responses.create({ model: "ok", input: "hi", stream: true });
    let text = "";
    for await (const event of stream) {
      if (event.type === "response.output_text.delta") text += event.delta;
      if (event.type === "response.completed")
        paid = before.balance - (await wallet(customer.workspaceId)).balance;
    }
    expect(text).toBe(TEXT);
    expect(paid).toBe(20_000n);
    const events = await readEvents(await ask({ stream: true, usage: { include: true } }));
    const response = checkSequence(events);
    expect(response).toMatchObject({ status: "completed", usage: { total_tokens: 15, cost: 0.00002 } });
    expect(lastSent()).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(lastSent()).not.toHaveProperty("usage");
  });

  it("usage that the upstream does not report is counted", async () => {
    const response = checkSequence(await readEvents(await ask({ model: "no-usage", stream: true })));
    const usage = response.usage as { input_tokens: number; output_tokens: number };
    expect(usage.output_tokens).toBe(5);
    expect(usage.input_tokens).toBeGreaterThan(0);
    expect(await lastRow()).toMatchObject({ measured: false, output_tokens: 5n });
  });

  it("Codex's loop: a call in the first turn, its output in the second", async () => {
    const first = checkSequence(await readEvents(await ask(codexFirstTurn("tools"))));
    const answered = first.output as Json[];
    expect(answered).toMatchObject([
      {
        type: "function_call",
        status: "completed",
        call_id: "call_1",
        name: "look_up",
        arguments: '{"city":"Bern"}',
      },
    ]);
    expect((lastSent().tools as unknown[]).length).toBe(9);
    expect(JSON.stringify(lastSent())).not.toMatch(/web_search|namespace|client_metadata|prompt_cache_key/);

    const second = checkSequence(await readEvents(await ask(codexSecondTurn("ok", answered, "sunny"))));
    expect(second.output).toMatchObject([{ type: "message", content: [{ text: TEXT }] }]);
    expect(lastSent().messages.slice(-2)).toEqual([
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "look_up", arguments: '{"city":"Bern"}' } },
        ],
      },
      { role: "tool", tool_call_id: "call_1", content: "sunny" },
    ]);
  });

  it("a balance that ends in the middle ends the answer as incomplete, with a marked row", async () => {
    const who = await world.customer(6_300_000n);
    const events = await readEvents(
      await ask({ model: "endless-words", input: "write 10000 words", stream: true }, who),
    );
    expect(checkSequence(events)).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
    });
    expect(await lastRow(who)).toMatchObject({ outcome: "cut", finish_reason: "length", loss_nano: 0n });
  });

  it("a caller who hangs up is charged for what was delivered", async () => {
    const abort = new AbortController();
    const answer = await ask({ model: "slow-drip", stream: true }, customer, abort.signal);
    const reader = answer.body?.getReader();
    for (let seen = ""; !seen.includes("word3"); )
      seen += new TextDecoder().decode((await reader?.read())?.value);
    abort.abort();
    await until(async () => (await lastRow())?.outcome === "cancelled");
    expect(Number((await lastRow())?.output_tokens)).toBeGreaterThan(3);
    await until(async () => (await openHolds()) === 0);
  });
});

describe("errors", () => {
  it("no credit is 429 insufficient_quota, at which Codex stops", async () => {
    const poor = await world.customer(0n);
    const answer = await ask(codexFirstTurn("ok"), poor);
    expect(answer.status).toBe(429);
    expect(answer.headers.get("x-should-retry")).toBe("false");
    expect((await answer.json()).error).toMatchObject({
      type: "insufficient_quota",
      code: "insufficient_quota",
    });
  });

  it.each([
    ["previous_response_id", { previous_response_id: "resp_1" }],
    ["conversation", { conversation: "conv_1" }],
    ["background", { background: true }],
    ["prompt", { prompt: { id: "pmpt_1" } }],
    ["input[0]", { input: [{ type: "item_reference", id: "msg_1" }] }],
    ["max_tokens", { max_tokens: 4 }],
  ])("%s is refused by name before anything is reserved", async (param, body) => {
    const sent = world.upstream.seen.length;
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toMatchObject({ code: "invalid_request_error", param });
    expect(world.upstream.seen.length).toBe(sent);
  });

  it("what cannot be done here is unsupported_capability", async () => {
    const image = { role: "user", content: [{ type: "input_image", image_url: "https://a.example/a.png" }] };
    const forced = { tools: [{ type: "web_search" }], tool_choice: { type: "web_search" } };
    const schema = { text: { format: { type: "json_schema", name: "s", schema: {} } } };
    const refused: [string, object][] = [
      ["input", { input: [image] }],
      ["tool_choice", forced],
      ["text.format", schema],
    ];
    for (const [param, body] of refused) {
      const answer = await ask(body);
      expect(answer.status).toBe(400);
      expect((await answer.json()).error).toMatchObject({ code: "unsupported_capability", param });
    }
  });

  it("a refused request says in the provider's words what is wrong", async () => {
    const answer = await ask({ model: "bad-request" });
    expect(answer.status).toBe(400);
    const { error } = await answer.json();
    expect(error.message).toContain("Unsupported parameter: 'top_k'");
    expect(error.message).not.toContain("sk-upstreamsecret1");
  });

  it.each(FAULTS)(
    "%s: a plain call gets JSON, a stream its own ending, and nothing stays held",
    async (model) => {
      const plain = await ask({ model });
      expect([503, 504]).toContain(plain.status);
      expect((await plain.json()).error.request_id).toBe(plain.headers.get("x-request-id"));
      const streamed = await ask({ model, stream: true });
      if (streamed.status === 200) {
        const events = await readEvents(streamed);
        const response = checkSequence(events);
        expect(response.status).toBe("failed");
        expect(JSON.stringify(response)).not.toMatch(/sk-upstreamsecret1|secret\.example/);
        expect(response.error).toMatchObject({
          code: expect.stringMatching(/^upstream_(timeout|unavailable)$/),
        });
      } else {
        expect([503, 504]).toContain(streamed.status);
      }
      await until(async () => (await openHolds()) === 0);
    },
  );

  it("the official SDK throws what its users expect", async () => {
    const stranger = new OpenAI({ baseURL: world.baseUrl, apiKey: "sk-nonsense", maxRetries: 0 });
    await expect(stranger.responses.create({ model: "ok", input: "hi" })).rejects.toThrow(
      OpenAI.AuthenticationError,
    );
    await expect(client.responses.create({ model: "nope", input: "hi" })).rejects.toThrow(
      OpenAI.NotFoundError,
    );
  });

  it("a WebSocket is answered with 426 at once", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const req = httpRequest(`${world.baseUrl}/responses`, {
        headers: {
          connection: "Upgrade",
          upgrade: "websocket",
          "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
          "sec-websocket-version": "13",
        },
      });
      req.on("response", (res) => resolve(res.resume().statusCode));
      req.on("error", reject);
      req.end();
    });
    expect(status).toBe(426);
  });
});
