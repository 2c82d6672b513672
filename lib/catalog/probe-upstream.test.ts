import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dialectsOf } from "@/lib/catalog/dialects";
import { openPool } from "@/lib/catalog/dispatcher";
import type { CatalogConnection } from "@/lib/catalog/types";
import type { Json } from "@/lib/gateway/dialects/api-request";
import type { ConnectionKind } from "@/prisma/generated/client";
import { type ProbeStep, probeUpstream } from "./probe-upstream";

/** Answers in the shapes of the vendors' references, as far as a probe looks. */
let server: Server;
let origin = "";
let answer: (req: IncomingMessage, body: Json, res: ServerResponse) => void;
let paths: string[] = [];

beforeAll(async () => {
  server = createServer(async (req, res) => {
    let text = "";
    for await (const chunk of req) text += chunk;
    paths.push(`${req.method} ${req.url}`);
    answer(req, text === "" ? {} : (JSON.parse(text) as Json), res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function probe(
  kind: ConnectionKind,
  path: string,
  more: Partial<CatalogConnection> = {},
  upstreamId?: string,
) {
  paths = [];
  const baseUrl = `${origin}${path}`;
  const connection: CatalogConnection = {
    id: "con_1",
    name: "probed",
    kind,
    baseUrl,
    apiVersion: null,
    key: "sk-upstreamsecret1",
    headers: {},
    dialects: dialectsOf({ kind, baseUrl, dialects: [] }),
    allowPrivate: true,
    firstByteTimeoutMs: 5_000,
    plainTimeoutMs: 5_000,
    idleTimeoutMs: 5_000,
    ...more,
  };
  const pool = openPool(connection);
  try {
    return await probeUpstream(pool, connection, { upstreamId: upstreamId ?? null, kind: "chat" });
  } finally {
    await pool.destroy();
  }
}
const json = (res: ServerResponse, body: unknown, status = 200) =>
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
const sse = (res: ServerResponse, events: [string | null, unknown][]) => {
  res.writeHead(200, { "content-type": "text/event-stream" });
  for (const [name, data] of events)
    res.write(
      `${name ? `event: ${name}\n` : ""}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`,
    );
  res.end();
};
const outcomes = (steps: ProbeStep[]) => steps.map(({ step, outcome }) => `${step} ${outcome}`).join(", ");
const ALL_WELL = "models ok, call ok, stream ok, tools ok, cache ok";

it("asks Anthropic in its own words", async () => {
  let marked = 0;
  answer = (req, body, res) => {
    expect(req.headers["x-api-key"]).toBe("sk-upstreamsecret1");
    if (req.method === "GET")
      return json(res, { data: [{ type: "model", id: "claude-x" }], has_more: false });
    expect(body.model).toBe("claude-x");
    const long = JSON.stringify(body).includes("cache_control");
    if (long) marked++;
    const cached = long && marked > 1 ? 5_000 : 0;
    const usage = { input_tokens: 10, output_tokens: 4, cache_read_input_tokens: cached };
    const content = body.tools
      ? [{ type: "tool_use", id: "toolu_1", name: "ping", input: { word: "pong" } }]
      : [{ type: "text", text: "pong" }];
    const message = { id: "msg_1", type: "message", role: "assistant", model: "claude-x", content };
    if (!body.stream) return json(res, { ...message, stop_reason: "end_turn", usage });
    sse(res, [
      ["message_start", { type: "message_start", message: { ...message, content: [], usage } }],
      [
        "content_block_start",
        { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      ],
      [
        "content_block_delta",
        { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "pong" } },
      ],
      ["content_block_stop", { type: "content_block_stop", index: 0 }],
      [
        "message_delta",
        { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 4 } },
      ],
      ["message_stop", { type: "message_stop" }],
    ]);
  };
  const probed = await probe("anthropic", "");
  expect([outcomes(probed.steps), probed.ok, probed.upstreamId]).toEqual([ALL_WELL, true, "claude-x"]);
  expect(paths.slice(0, 2)).toEqual(["GET /v1/models", "POST /v1/messages"]);
});

it("asks Gemini in its own words", async () => {
  let asked = 0;
  answer = (req, body, res) => {
    expect(req.headers["x-goog-api-key"]).toBe("sk-upstreamsecret1");
    if (req.method === "GET")
      return json(res, { models: [{ name: "models/embedding-001" }, { name: "models/gemini-x" }] });
    const long = JSON.stringify(body).includes("Remember this");
    if (long) asked++;
    const usageMetadata = {
      promptTokenCount: 5_000,
      candidatesTokenCount: 3,
      totalTokenCount: 5_003,
      ...(long && asked > 1 ? { cachedContentTokenCount: 4_096 } : {}),
    };
    const part = body.tools ? { functionCall: { name: "ping", args: { word: "pong" } } } : { text: "pong" };
    const candidate = { content: { role: "model", parts: [part] }, finishReason: "STOP" };
    const whole = { candidates: [candidate], usageMetadata, modelVersion: "gemini-x" };
    if (!req.url?.includes("alt=sse")) return json(res, whole);
    sse(res, [
      [null, { candidates: [{ content: { role: "model", parts: [{ text: "po" }] } }] }],
      [null, whole],
    ]);
  };
  const probed = await probe("google", "");
  expect([outcomes(probed.steps), probed.ok, probed.upstreamId]).toEqual([ALL_WELL, true, "gemini-x"]);
  expect(paths).toContain("POST /v1beta/models/gemini-x:streamGenerateContent?alt=sse");
});

/** An OpenAI-compatible endpoint that answers everything. */
function openAi(cachedTokens: number): typeof answer {
  return (req, body, res) => {
    if (req.method === "GET") return json(res, { data: [{ id: "text-embedding-3" }, { id: "gpt-x" }] });
    const usage = {
      prompt_tokens: 5_000,
      completion_tokens: 3,
      prompt_tokens_details: { cached_tokens: cachedTokens },
    };
    const call = { id: "call_1", type: "function", function: { name: "ping", arguments: '{"word":"pong"}' } };
    const said = body.tools ? { content: null, tool_calls: [call] } : { content: "pong" };
    const frame = { id: "chatcmpl-1", created: 1, model: "gpt-x" };
    const choice = { index: 0, message: { role: "assistant", ...said }, finish_reason: "stop" };
    if (!body.stream) return json(res, { ...frame, object: "chat.completion", choices: [choice], usage });
    sse(res, [
      [null, { ...frame, choices: [{ index: 0, delta: { content: "pong" }, finish_reason: null }] }],
      [null, { ...frame, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }],
      [null, { ...frame, choices: [], usage }],
      [null, "[DONE]"],
    ]);
  };
}

it("asks Azure at the deployment, whose list names none", async () => {
  answer = openAi(4_096);
  const probed = await probe("azure", "/openai/deployments/mine", { apiVersion: "2024-10-21" });
  expect([outcomes(probed.steps), probed.upstreamId]).toEqual([ALL_WELL, "mine"]);
  expect(paths.slice(0, 2)).toEqual([
    "GET /openai/models?api-version=2024-10-21",
    "POST /openai/deployments/mine/chat/completions?api-version=2024-10-21",
  ]);
  const unnamed = await probe("azure", "/openai/v1");
  expect([unnamed.upstreamId, unnamed.ok, outcomes(unnamed.steps)]).toEqual([
    null,
    false,
    "models ok, call skipped, stream skipped, tools skipped, cache skipped",
  ]);
});

it("picks a chat model of a list, and names the flag of what does not work", async () => {
  answer = openAi(0);
  const probed = await probe("openai_compatible", "/v1");
  expect([probed.upstreamId, probed.ok, outcomes(probed.steps)]).toEqual([
    "gpt-x",
    true,
    "models ok, call ok, stream ok, tools ok, cache failed",
  ]);
  expect(probed.steps.at(-1)).toMatchObject({ flag: "promptCache", reason: /cache/ });
});

it("speaks responses or messages to a connection that knows nothing else", async () => {
  answer = (req, _, res) =>
    req.method === "GET"
      ? json(res, { data: [{ id: "gpt-x" }] })
      : json(res, { error: { message: "no", code: "model_not_found" } }, 404);
  await probe("openai_compatible", "/v1", { dialects: new Set(["responses"]) });
  expect(paths[1]).toBe("POST /v1/responses");
  await probe("openai_compatible", "/v1", { dialects: new Set(["messages"]) });
  expect(paths[1]).toBe("POST /v1/messages");
});

it.each([
  ["an HTML page", (res: ServerResponse) => res.end("<html>"), "the answer is not JSON", null],
  ["an empty list", (res: ServerResponse) => json(res, { data: [] }), "the list holds no model", null],
  ["no list", (res: ServerResponse) => json(res, { ok: true }), "the answer holds no list of models", null],
  [
    "a refused key",
    (res: ServerResponse) => json(res, { error: { message: "bad key sk-upstreamsecret1" } }, 401),
    "401: bad key [removed]",
    "upstream_key_refused",
  ],
  [
    "a redirect, which is not followed",
    (res: ServerResponse) => res.writeHead(302, { location: "http://169.254.169.254/" }).end(),
    "status 302",
    "upstream_redirects",
  ],
  [
    "a page that is not there",
    (res: ServerResponse) => res.writeHead(404).end("nope"),
    "status 404",
    "upstream_endpoint_unknown",
  ],
  ["silence", () => undefined, "UND_ERR_HEADERS_TIMEOUT", null],
  [
    "5,000 models",
    (res: ServerResponse) => json(res, { data: Array.from({ length: 5_000 }, (_, i) => ({ id: `m${i}` })) }),
    null,
    null,
  ],
  ["odd entries", (res: ServerResponse) => json(res, { data: [null, 1, "x", {}, { id: "m" }] }), null, null],
])("tells %s for what it is", async (what, respond, reason, alert) => {
  answer = (_req, _body, res) => void respond(res);
  const { steps, ok } = await probe(
    "openai_compatible",
    "/v1",
    what === "silence" ? { plainTimeoutMs: 200 } : {},
  );
  expect([steps[0]?.reason, steps[0]?.alert, ok]).toEqual([reason, alert, false]);
});

it("tells an address where nobody listens", async () => {
  const { steps } = await probe("openai_compatible", "/v1", { baseUrl: "http://127.0.0.1:9/v1" }, "x");
  expect(steps.map(({ outcome }) => outcome)).toEqual(["failed", "failed", "skipped", "skipped", "skipped"]);
  expect(steps[0]?.reason).toBe("ECONNREFUSED");
});
