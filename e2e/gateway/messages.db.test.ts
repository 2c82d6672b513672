import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { STREAMS } from "@/e2e/fakes/anthropic-streams";
import { answerWell } from "@/e2e/fakes/upstream";
import {
  CLAUDE_CODE_HEADERS,
  claudeCodeBody,
  contentOf,
  type MessagesWorld,
  post,
  readEvents,
  startMessagesWorld,
} from "@/e2e/gateway/messages-world";
import { addScripted, callRows, openHolds, until, wallet } from "@/e2e/gateway/world";

let world: MessagesWorld;
const CLAUDES =
  "text tools parallel thinking cache deltas empty refusal overloaded overloaded-first overloaded-begun breaks early-end no-stop giant plain drip hang key quota"
    .split(" ")
    .map((name) => `claude-${name}`);

beforeAll(async () => {
  world = await startMessagesWorld(
    { chat: ["ok", "tools", "no-usage", "slow-drip", "bad-request"], anthropic: CLAUDES },
    { limits: { keepAliveMs: 150 } },
  );
  world.upstream.scripts.sees = (scripted) => answerWell(scripted);
  await addScripted("sees", { vision: true });
  await until(async () => (await modelIds()).includes("sees"));
});
afterAll(() => world.stop());

async function modelIds(): Promise<string[]> {
  const who = await world.customer(0n);
  const response = await fetch(`${world.baseUrl}/models`, { headers: { "x-api-key": who.secret } });
  return ((await response.json()) as { data: { id: string }[] }).data.map(({ id }) => id);
}

const hi = { max_tokens: 1_000, messages: [{ role: "user", content: "Hi" }] };
const start = 10_000_000_000n;

describe("an Anthropic upstream: passed through", () => {
  it("hands on body, version and betas as they came, under the connection's own key", async () => {
    const who = await world.customer();
    const body = claudeCodeBody("claude-text");
    const response = await post(world, who, "messages?beta=true", body, { headers: CLAUDE_CODE_HEADERS });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect((await readEvents(response)).map(({ data }) => data)).toEqual(
      STREAMS.text?.filter(({ type }) => type !== "ping"),
    );
    const seen = world.anthropic.last("claude-text");
    expect(seen.raw).toBe(JSON.stringify(body));
    expect(seen.headers).toMatchObject({
      "anthropic-version": "2023-06-01",
      "anthropic-beta": CLAUDE_CODE_HEADERS["anthropic-beta"],
      "x-api-key": "sk-ant-upstreamsecret1",
    });
    expect(JSON.stringify(seen.headers)).not.toContain(who.secret);
    expect(seen.headers).not.toHaveProperty("x-claude-code-session-id");
    const [row] = await callRows(who.workspaceId);
    expect(row).toMatchObject({ outcome: "ok", input_tokens: 25n, output_tokens: 15n, measured: true });
    expect(row?.cost_nano).toBe(25_000n + 30_000n);
  });

  it.each(["text", "tools", "parallel", "thinking", "cache"])("%s: the stream as it came", async (name) => {
    const who = await world.customer();
    const response = await post(world, who, "messages", { ...hi, model: `claude-${name}`, stream: true });
    const events = await readEvents(response);
    expect(events.map(({ data }) => data)).toEqual(STREAMS[name]?.filter(({ type }) => type !== "ping"));
    expect(events.every(({ name: said, data }) => said === data.type)).toBe(true);
  });

  it("prices every bucket apart: read, written for five minutes and an hour, thinking", async () => {
    const who = await world.customer();
    // Long enough for what it is said to have read.
    const messages = [{ role: "user", content: "word ".repeat(10_000) }];
    await (
      await post(world, who, "messages", { ...hi, messages, model: "claude-cache", stream: true })
    ).text();
    await (await post(world, who, "messages", { ...hi, model: "claude-thinking" })).json();
    const [cache, thinking] = await callRows(who.workspaceId);
    // 21 at $1, 188,086 at $0.10, 100 at $1.25, 600 at $2, 393 at $2.
    expect(cache?.cost_nano).toBe(21_000n + 18_808_600n + 125_000n + 1_200_000n + 786_000n);
    // 80 at $1, 20 at $2, 70 at $3.
    expect(thinking?.cost_nano).toBe(80_000n + 40_000n + 210_000n);
    expect(await wallet(who.workspaceId)).toEqual({
      balance: start - 20_940_600n - 330_000n,
      reserved: 0n,
    });
  });

  it("charges forty message_delta events with running totals once", async () => {
    const who = await world.customer();
    await (await post(world, who, "messages", { ...hi, model: "claude-deltas", stream: true })).text();
    const rows = await callRows(who.workspaceId);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ input_tokens: 25n, output_tokens: 40n });
  });

  it("a plain answer as it came; with its cost for who asks, who is not betrayed to the upstream", async () => {
    const who = await world.customer();
    const body = { ...hi, model: "claude-parallel" };
    const plain = await post(world, who, "messages", body);
    expect(plain.headers.get("x-request-cost")).toBe("0.00074");
    const answer = (await plain.json()) as { content: unknown[]; usage: object };
    expect(answer.content).toHaveLength(3);
    expect(answer.usage).toEqual({ input_tokens: 500, output_tokens: 120 });
    const asked = await post(world, who, "messages", { ...body, usage: { include: true } });
    expect(await asked.json()).toMatchObject({ usage: { output_tokens: 120, cost: 0.00074 } });
    expect(world.anthropic.last("claude-parallel").body).not.toHaveProperty("usage");
    const streamed = await post(world, who, "messages", { ...body, usage: { include: true }, stream: true });
    expect((await readEvents(streamed)).at(-2)?.data).toMatchObject({ usage: { cost: 0.00074 } });
  });

  it("ends a stream whose message_stop the upstream forgot, and answers a plain one as events", async () => {
    const who = await world.customer();
    const forgotten = await readEvents(
      await post(world, who, "messages", { ...hi, model: "claude-no-stop", stream: true }),
    );
    expect(forgotten.slice(-2).map(({ name }) => name)).toEqual(["message_delta", "message_stop"]);
    const plain = await readEvents(
      await post(world, who, "messages", { ...hi, model: "claude-plain", stream: true }),
    );
    expect(contentOf(plain)).toMatchObject([
      { name: "get_weather", input: { location: "Bern" } },
      { name: "get_time", input: {} },
      { name: "get_weather", input: { location: "Chur" } },
    ]);
    expect((await callRows(who.workspaceId)).map((row) => row.outcome)).toEqual(["ok", "ok"]);
  });

  it("clamps a small wallet's call, and keeps its thinking below the cap", async () => {
    const who = await world.customer(20_000_000n);
    const thinking = { type: "enabled", budget_tokens: 30_000 };
    const response = await post(world, who, "messages", {
      ...hi,
      model: "claude-thinking",
      max_tokens: 32_000,
      thinking,
    });
    expect(response.status).toBe(200);
    const cap = Number(response.headers.get("x-max-tokens-clamped"));
    expect(cap).toBeGreaterThan(1_024);
    expect(world.anthropic.last("claude-thinking").body).toMatchObject({
      max_tokens: cap,
      thinking: { type: "enabled", budget_tokens: Math.min(30_000, cap - 1) },
    });
  });

  it("takes a conversation over from another model, whose thoughts no Claude has signed", async () => {
    const who = await world.customer();
    const messages = [
      { role: "user", content: "Hi" },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "Hm.", signature: "" },
          { type: "redacted_thinking", data: 'tg1:{"details":[{"type":"reasoning.encrypted","data":"x"}]}' },
          { type: "text", text: "Yes?" },
        ],
      },
      { role: "user", content: "Go on" },
    ];
    const response = await post(world, who, "messages", { ...hi, model: "claude-text", messages });
    expect(response.status).toBe(200);
    expect(world.anthropic.last("claude-text").body.messages[1]?.content).toEqual([
      { type: "text", text: "Yes?" },
    ]);
  });

  it("a caller who hangs up pays for what came until then", async () => {
    const who = await world.customer();
    const abort = new AbortController();
    const response = await post(
      world,
      who,
      "messages",
      { ...hi, model: "claude-drip", stream: true },
      { signal: abort.signal },
    );
    const reader = response.body?.getReader();
    for (let at = 0; at < 5; at++) await reader?.read();
    abort.abort();
    await until(async () => (await callRows(who.workspaceId)).length === 1);
    const [row] = await callRows(who.workspaceId);
    expect(row).toMatchObject({ outcome: "cancelled", input_tokens: 25n });
    expect(Number(row?.output_tokens)).toBeGreaterThan(2);
    expect(Number(row?.output_tokens)).toBeLessThan(200);
  });
});

describe("an OpenAI-compatible upstream: translated", () => {
  it("serves Claude Code: the whole sequence of events, its usage at the end, nothing charged twice", async () => {
    const who = await world.customer();
    const response = await post(world, who, "messages?beta=true", claudeCodeBody("ok"), {
      headers: CLAUDE_CODE_HEADERS,
    });
    const events = await readEvents(response);
    expect(events.map(({ name }) => name)).toEqual([
      "message_start",
      "content_block_start",
      ...Array.from({ length: 5 }, () => "content_block_delta"),
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    expect(contentOf(events)).toEqual([{ type: "text", text: "Hello from the scripted upstream" }]);
    expect(events[0]?.data).toMatchObject({ message: { model: "ok", role: "assistant" } });
    expect(events.at(-2)?.data).toMatchObject({
      delta: { stop_reason: "end_turn" },
      usage: { input_tokens: 10, output_tokens: 5 },
    });
    const asked = world.upstream.seen.at(-1);
    const parameters = { type: "object", properties: {} };
    expect(asked?.headers).not.toHaveProperty("anthropic-beta");
    expect(asked?.body).toEqual({
      model: "ok",
      max_tokens: 16_384,
      stream: true,
      stream_options: { include_usage: true },
      messages: [
        {
          role: "system",
          content:
            "You are Claude Code, Anthropic's official CLI for Claude.\n\nYou are an interactive agent.",
        },
        { role: "user", content: "<system-reminder>Today</system-reminder>" },
        { role: "system", content: "Tools may be deferred." },
        { role: "user", content: "What is the weather in Bern?" },
      ],
      tools: [
        { type: "function", function: { name: "get_weather", description: "Weather.", parameters } },
        { type: "function", function: { name: "ToolSearch", description: "Finds tools.", parameters } },
      ],
    });
    expect(asked?.raw).not.toContain("billing-header");
    expect(await callRows(who.workspaceId)).toMatchObject([
      { outcome: "ok", input_tokens: 10n, output_tokens: 5n, cost_nano: 20_000n },
    ]);
  });

  it("a tool's call and its result, plain and streamed", async () => {
    const who = await world.customer();
    const body = claudeCodeBody("tools", { thinking: undefined });
    const events = await readEvents(await post(world, who, "messages", body));
    const used = { type: "tool_use", id: "call_1", name: "look_up", input: { city: "Bern" } };
    expect(contentOf(events)).toEqual([used]);
    expect(events.at(-2)?.data).toMatchObject({ delta: { stop_reason: "tool_use" } });
    const plain = await post(world, who, "messages", { ...body, stream: false });
    expect(await plain.json()).toMatchObject({
      type: "message",
      content: [used],
      stop_reason: "tool_use",
      usage: { input_tokens: 10, output_tokens: 5 },
    });
    const result = {
      type: "tool_result",
      tool_use_id: "call_1",
      content: [{ type: "text", text: "Sunny" }],
      is_error: false,
    };
    const messages = [
      { role: "user", content: "Weather?" },
      { role: "assistant", content: [used] },
      { role: "user", content: [result, { type: "text", text: "So?" }] },
    ];
    expect((await post(world, who, "messages", { ...hi, model: "ok", messages })).status).toBe(200);
    expect(world.upstream.seen.at(-1)?.body.messages).toEqual([
      { role: "user", content: "Weather?" },
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "look_up", arguments: '{"city":"Bern"}' } },
        ],
      },
      { role: "tool", tool_call_id: "call_1", content: "Sunny" },
      { role: "user", content: "So?" },
    ]);
  });

  it("a picture that a tool has read is shown by the user, byte for byte", async () => {
    const who = await world.customer();
    const data = Buffer.alloc(90_000, 3).toString("base64");
    const png = { type: "image", source: { type: "base64", media_type: "image/png", data } };
    const messages = [
      { role: "user", content: "Read it." },
      { role: "assistant", content: [{ type: "tool_use", id: "t", name: "Read", input: {} }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: [png] }] },
    ];
    expect((await post(world, who, "messages", { ...hi, model: "sees", messages })).status).toBe(200);
    expect(world.upstream.seen.at(-1)?.body.messages.slice(2)).toEqual([
      { role: "tool", tool_call_id: "t", content: "The pictures follow." },
      {
        role: "user",
        content: [
          { type: "text", text: expect.any(String) },
          { type: "image_url", image_url: { url: `data:image/png;base64,${data}` } },
        ],
      },
    ]);
  });

  it("pings while the upstream is silent", async () => {
    const who = await world.customer();
    const abort = new AbortController();
    const response = await post(
      world,
      who,
      "messages",
      { ...hi, model: "claude-hang", stream: true },
      { signal: abort.signal },
    );
    const text = await response.text();
    expect(text).toContain('event: ping\ndata: {"type": "ping"}\n\n');
    expect(text).toContain("event: error\n");
  });
});

describe("what goes wrong", () => {
  it.each([
    ["claude-overloaded", 529, "overloaded_error"],
    ["claude-overloaded-first", 529, "overloaded_error"],
    ["claude-overloaded-begun", 529, "overloaded_error"],
    ["claude-key", 529, "overloaded_error"],
  ])("%s: %i before anything streams, and nothing is charged", async (model, status, type) => {
    const who = await world.customer();
    const response = await post(world, who, "messages", { ...hi, model, stream: true });
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ type: "error", error: { type, message: expect.any(String) } });
    expect(text).not.toContain("sk-ant");
    expect(await wallet(who.workspaceId)).toEqual({ balance: start, reserved: 0n });
  });

  it.each(["claude-breaks", "claude-early-end", "claude-giant", "claude-hang"])(
    "%s in the middle: an error event, no silent end, what came is charged",
    async (model) => {
      const who = await world.customer();
      const response = await post(world, who, "messages", { ...hi, model, stream: true });
      expect(response.status).toBe(200);
      const events = await readEvents(response);
      expect(events.at(-1)).toMatchObject({
        name: "error",
        data: { type: "error", error: { type: expect.any(String) } },
      });
      expect(JSON.stringify(events)).not.toContain("sk-ant");
      expect(events.map(({ name }) => name)).not.toContain("message_stop");
      const [row] = await callRows(who.workspaceId);
      expect(row).toMatchObject({ outcome: "upstream_error", http_status: 200, input_tokens: 25n });
      await until(async () => (await openHolds()) === 0);
    },
  );

  it("an upstream's 400 in its own words, which Claude Code heals itself by", async () => {
    const who = await world.customer();
    const body = claudeCodeBody("claude-text");
    const response = await post(world, who, "messages", body);
    expect(response.status).toBe(400);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect(response.headers.get("request-id")).toBe(response.headers.get("x-request-id"));
    expect(await response.json()).toMatchObject({
      type: "error",
      error: {
        type: "invalid_request_error",
        message: "context_management: Extra inputs are not permitted",
      },
      request_id: response.headers.get("x-request-id"),
    });
  });

  it("no credit is 402 billing_error; a bad body, an unknown model and a bad key are Anthropic's errors, too", async () => {
    const poor = await world.customer(0n);
    const broke = await post(world, poor, "messages", { ...hi, model: "claude-text" });
    expect([broke.status, (await broke.json()).error.type]).toEqual([402, "billing_error"]);
    const who = await world.customer();
    const bad = await post(world, who, "messages", { model: "claude-text", messages: hi.messages });
    expect([bad.status, (await bad.json()).error]).toMatchObject([
      400,
      { type: "invalid_request_error", message: expect.stringContaining("max_tokens") },
    ]);
    const unknown = await post(world, who, "messages", { ...hi, model: "claude-texd" });
    expect([unknown.status, (await unknown.json()).error]).toMatchObject([
      404,
      { type: "not_found_error", message: expect.stringContaining("claude-text") },
    ]);
    const key = await post(world, { ...who, secret: "sk-wrong" }, "messages", {
      ...hi,
      model: "claude-text",
    });
    expect([key.status, (await key.json()).error.type]).toEqual([401, "authentication_error"]);
    expect(key.headers.get("x-should-retry")).toBe("false");
  });

  it("images for a model that sees none, and tools of the provider's, are refused before anything is sent", async () => {
    const who = await world.customer();
    const asked = world.upstream.seen.length;
    const png = { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } };
    const messages = [{ role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: [png] }] }];
    for (const body of [
      { ...hi, model: "ok", messages },
      { ...hi, model: "ok", tools: [{ type: "web_search_20250305", name: "web_search" }] },
    ]) {
      const response = await post(world, who, "messages", body);
      expect([response.status, (await response.json()).error.code]).toEqual([400, "unsupported_capability"]);
    }
    expect(world.upstream.seen).toHaveLength(asked);
  });
});

describe("count_tokens", () => {
  it("counts two dozen at once, free, whatever the wallet holds", async () => {
    const who = await world.customer(0n);
    const { max_tokens: _cap, ...body } = claudeCodeBody("claude-text") as { max_tokens: number };
    const responses = await Promise.all(
      Array.from({ length: 24 }, () => post(world, who, "messages/count_tokens?beta=true", body)),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 24 }, () => 200));
    const counts = await Promise.all(responses.map(async (response) => (await response.json()).input_tokens));
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeGreaterThan(400);
    expect(counts[0]).toBeLessThan(800);
    expect(await callRows(who.workspaceId)).toEqual([]);
  });

  it("counts pictures by their size, and very long texts by a part of them", async () => {
    const who = await world.customer(0n);
    const count = async (content: unknown): Promise<number> => {
      const body = { model: "claude-text", messages: [{ role: "user", content }] };
      return (await (await post(world, who, "messages/count_tokens", body)).json()).input_tokens;
    };
    // 750 x 300 pixels.
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAu4AAAEsCAYAAAA", "base64").toString("base64");
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: png } };
    const [none, one] = [await count([]), await count([image])];
    expect(one - none).toBeGreaterThanOrEqual(300);
    expect(one - none).toBeLessThan(400);
    const [short, long] = [await count("word ".repeat(10_000)), await count("word ".repeat(1_000_000))];
    expect(long / short).toBeGreaterThan(99);
    expect(long / short).toBeLessThan(101);
  });

  it("knows models and keys as calls do", async () => {
    const who = await world.customer();
    const unknown = await post(world, who, "messages/count_tokens", { ...hi, model: "nope" });
    expect(unknown.status).toBe(404);
    const key = await post(world, { ...who, secret: "sk-wrong" }, "messages/count_tokens", {
      ...hi,
      model: "ok",
    });
    expect([key.status, (await key.json()).type]).toEqual([401, "error"]);
  });
});
