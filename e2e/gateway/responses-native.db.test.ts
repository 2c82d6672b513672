import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codexKnownModel } from "@/e2e/fakes/responses-codex";
import { readEvents } from "@/e2e/fakes/responses-events";
import { checkSequence } from "@/e2e/fakes/responses-sequence";
import {
  ERROR_STREAM,
  FAILED_STREAM,
  failingAtOnce,
  INCOMPLETE_STREAM,
  plainOf,
  sse,
  TEXT_STREAM,
  TOOLS_STREAM,
} from "@/e2e/fakes/responses-streams";
import { FakeUpstream, json, openStream, type Script } from "@/e2e/fakes/upstream";
import {
  addScripted,
  type Customer,
  callRows,
  type GatewayWorld,
  openHolds,
  startWorld,
  until,
  wallet,
} from "@/e2e/gateway/world";
import type { Ctx } from "@/lib/actor";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { addRoute } from "@/lib/catalog/add-route";
import { newId } from "@/lib/ids";

type Json = Record<string, unknown>;
const ctx: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };

/** Answers with the events of a recorded stream, or with the whole of it. */
const recorded =
  (events: readonly Json[]): Script =>
  ({ body, res }) => {
    if (!body.stream) return json(res, 200, JSON.stringify(plainOf(events)));
    openStream(res);
    for (const event of events) res.write(sse(event));
    res.end();
  };

const SCRIPTS: Record<string, Script> = {
  text: recorded(TEXT_STREAM),
  tools: recorded(TOOLS_STREAM),
  incomplete: recorded(INCOMPLETE_STREAM),
  failed: recorded(FAILED_STREAM),
  "error-event": recorded(ERROR_STREAM),
  "too-long": recorded(
    failingAtOnce("context_length_exceeded", "Your input exceeds the context window of this model."),
  ),
  busy: recorded(failingAtOnce("server_is_overloaded", "Our servers are currently overloaded.")),
  overloaded: recorded(failingAtOnce("server_is_overloaded", "Our servers are currently overloaded.")),
  cut: recorded(TEXT_STREAM.slice(0, -3)),
  plain: ({ res }) => json(res, 200, JSON.stringify(plainOf(TEXT_STREAM))),
  refuses: ({ res }) =>
    json(res, 400, '{"error":{"message":"Unknown parameter: \'input[0].foo\'.","param":"input[0].foo"}}'),
  /** Slowly, and more than a small wallet can pay. */
  endless: ({ body, res }) => {
    if (!body.stream) return json(res, 500, "{}");
    openStream(res);
    for (const event of TEXT_STREAM.slice(0, 11)) res.write(sse(event));
    const delta = TEXT_STREAM[11] ?? {};
    for (let i = 0; i < 4_000; i++)
      res.write(sse({ ...delta, delta: " word word word", sequence_number: 11 + i }));
  },
};

let world: GatewayWorld;
let upstream: FakeUpstream;
let customer: Customer;
let client: OpenAI;

beforeAll(async () => {
  upstream = await new FakeUpstream().start();
  Object.assign(upstream.scripts, SCRIPTS);
  await addConnection(ctx, {
    name: "native",
    kind: "openai-compatible",
    url: upstream.url,
    key: "sk-upstreamsecret1",
    dialects: ["responses"],
    allowPrivate: true,
    firstByteTimeoutMs: 600,
    idleTimeoutMs: 600,
  });
  for (const id of Object.keys(SCRIPTS)) {
    await addModel(ctx, {
      id: `native/${id}`,
      connection: "native",
      upstreamId: id,
      inputUsdPerMillion: "1",
      outputUsdPerMillion: "2",
      cachedInputUsdPerMillion: "0.5",
      contextTokens: 128_000,
      maxOutputTokens: 16_384,
    });
  }
  world = await startWorld([], { limits: { streamReserveTokens: 1_000 } });
  customer = await world.customer();
  client = new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
});
afterAll(async () => {
  await world.stop();
  await upstream.stop();
});

const ask = (model: string, body: object = {}, who = customer) =>
  fetch(`${world.baseUrl}/responses`, {
    method: "POST",
    headers: { authorization: `Bearer ${who.secret}`, "content-type": "application/json" },
    body: JSON.stringify({ model: `native/${model}`, input: "hi", ...body }),
  });
const lastRow = async (who = customer) => (await callRows(who.workspaceId)).at(-1);

describe("over an upstream that speaks the Responses API", () => {
  it("a plain answer comes as it is, with its usage charged bucket by bucket", async () => {
    const before = await wallet(customer.workspaceId);
    const answer = await ask("text");
    expect(await answer.json()).toEqual(plainOf(TEXT_STREAM));
    // 396 input at $1, 1,024 cached at $0.50, 75 output at $2 per million.
    expect(answer.headers.get("x-request-cost")).toBe("0.001058");
    const after = await wallet(customer.workspaceId);
    expect(before.balance - after.balance).toBe(1_058_000n);
    expect(await lastRow()).toMatchObject({
      input_tokens: 396n,
      cached_tokens: 1_024n,
      output_tokens: 11n,
      measured: true,
    });
    const sent = upstream.seen.at(-1);
    expect(sent?.body).toEqual({ store: false, model: "text", input: "hi" });
    expect(sent?.headers.authorization).toBe("Bearer sk-upstreamsecret1");
    expect((await (await ask("text", { usage: { include: true } })).text()).includes('"cost":0.001058')).toBe(
      true,
    );
  });

  it.each([
    ["text", TEXT_STREAM],
    ["tools", TOOLS_STREAM],
    ["incomplete", INCOMPLETE_STREAM],
  ])("a stream comes as it is, event by event: %s", async (model, events) => {
    const seen = await readEvents(await ask(model, { stream: true }));
    expect(seen.map(({ event }) => event)).toEqual(events);
    checkSequence(seen);
    expect((await lastRow())?.cost_nano).toBe(1_058_000n);
  });

  it("the official SDK gathers text, thoughts and calls", async () => {
    const stream = client.responses.stream({ model: "native/tools", input: "hi" });
    const { output } = await stream.finalResponse();
    expect(output.map(({ type }) => type)).toEqual(["reasoning", "function_call", "custom_tool_call"]);
  });

  it("Codex's own models: its tools pass, without the one that is billed apart", async () => {
    const body = codexKnownModel("native/text");
    checkSequence(await readEvents(await ask("text", body)));
    const sent = upstream.seen.at(-1)?.raw ?? "";
    const search = ',{"type":"web_search","external_web_access":false}';
    expect(sent).toBe(JSON.stringify({ ...body, model: "text" }).replace(search, ""));
  });

  it("an answer that came plain becomes a stream", async () => {
    const response = checkSequence(await readEvents(await ask("plain", { stream: true })));
    expect(response).toEqual(plainOf(TEXT_STREAM));
  });

  it.each([
    ["failed", "upstream_unavailable"],
    ["cut", "upstream_unavailable"],
  ])("a stream that breaks off ends as failed, under its own id: %s", async (model, code) => {
    const response = checkSequence(await readEvents(await ask(model, { stream: true })));
    expect(response).toMatchObject({ id: plainOf(TEXT_STREAM).id, status: "failed", error: { code } });
    expect(JSON.stringify(response)).not.toContain("sk-upstreamsecret1");
    await until(async () => (await openHolds()) === 0);
  });

  it("an error instead of a stream is an error of ours", async () => {
    const answer = await ask("error-event", { stream: true });
    expect([answer.status, (await answer.json()).error.code]).toEqual([503, "upstream_unavailable"]);
    const refused = await ask("refuses");
    expect(refused.status).toBe(400);
    expect((await refused.json()).error).toMatchObject({ param: "input[0].foo" });
  });

  it("what fails before it said anything is no stream yet: refused, or tried again", async () => {
    const refused = await ask("too-long", { stream: true });
    expect(refused.status).toBe(400);
    expect((await refused.json()).error).toMatchObject({
      code: "context_length_exceeded",
      message: "Your input exceeds the context window of this model.",
    });
    expect(upstream.asked("too-long")).toBe(1);
    expect((await ask("busy", { stream: true })).status).toBe(503);
    expect(upstream.asked("busy")).toBeGreaterThan(1);
  });

  it("falls back to an upstream of another kind, and each is sent what it can read", async () => {
    await addRoute(ctx, { model: "native/overloaded", connection: "fake", upstreamId: "ok", priority: 1 });
    await addScripted("marker");
    const known = async () => (await client.models.list()).data.some(({ id }) => id === "marker");
    await until(known);
    const thought = { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Hm" }] };
    const input = [
      { role: "user", content: "hi" },
      { ...thought, encrypted_content: 'tg1:{"field":"reasoning_content"}' },
      { role: "assistant", content: "Hello" },
      { role: "user", content: "again" },
    ];
    const response = checkSequence(await readEvents(await ask("overloaded", { input, stream: true })));
    expect(response).toMatchObject({ status: "completed", model: "native/overloaded" });
    expect(upstream.seen.at(-1)?.body.input).toEqual([input[0], input[2], input[3]]);
    expect(world.upstream.seen.at(-1)?.body.messages[1]).toEqual({
      role: "assistant",
      content: "Hello",
      reasoning_content: "Hm",
    });
    expect((await lastRow())?.fallbacks).toBeGreaterThan(0);
  });

  it("a balance that ends in the middle closes what is open", async () => {
    const who = await world.customer(6_300_000n);
    const seen = await readEvents(await ask("endless", { stream: true }, who));
    expect(checkSequence(seen)).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
      output: [{ type: "reasoning" }, { type: "message", status: "incomplete" }],
    });
    expect(await lastRow(who)).toMatchObject({ outcome: "cut", finish_reason: "length", loss_nano: 0n });
  });

  it("serves chat callers, too", async () => {
    const chat = await client.chat.completions.create({
      model: "native/tools",
      messages: [{ role: "user", content: "hi" }],
    });
    expect(chat.choices[0]).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
    expect(chat.usage).toMatchObject({ prompt_tokens: 1_420, completion_tokens: 75 });
    let text = "";
    const stream = await client.chat.completions.create({
      model: "native/text",
      messages: [{ role: "user", content: "hi" }],
      stream: true,
    });
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? "";
    expect(text).toBe("Four.");
    expect(upstream.seen.at(-1)?.body).toEqual({
      model: "text",
      input: [{ type: "message", role: "user", content: "hi" }],
      store: false,
      stream: true,
    });
  });
});
