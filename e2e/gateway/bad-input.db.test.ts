import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MessagesWorld, startMessagesWorld } from "@/e2e/gateway/messages-world";
import { addScripted, type Customer, callRows, openHolds, wallet } from "@/e2e/gateway/world";
import { pool } from "@/lib/db";

let world: MessagesWorld;
let customer: Customer;

beforeAll(async () => {
  world = await startMessagesWorld({ chat: ["ok"], anthropic: ["claude-text"] });
  await addScripted("vectors");
  await pool().query("UPDATE models SET kind = 'embeddings' WHERE id = 'vectors'");
  await world.gateway.services.catalog.refresh();
  customer = await world.customer();
});
afterAll(() => world.stop());

const messages = [{ role: "user", content: "hi" }];
interface Face {
  path: string;
  body: Record<string, unknown>;
  /** What the cap and the prompt are called. */
  cap: string | null;
  prompt: string;
}
const FACES: Face[] = [
  { path: "chat/completions", body: { model: "ok", messages }, cap: "max_tokens", prompt: "messages" },
  {
    path: "chat/completions",
    body: { model: "ok", messages },
    cap: "max_completion_tokens",
    prompt: "messages",
  },
  { path: "completions", body: { model: "ok", prompt: "hi" }, cap: "max_tokens", prompt: "prompt" },
  { path: "responses", body: { model: "ok", input: "hi" }, cap: "max_output_tokens", prompt: "input" },
  {
    path: "messages",
    body: { model: "ok", messages, max_tokens: 9 },
    cap: "max_tokens",
    prompt: "messages",
  },
  { path: "messages/count_tokens", body: { model: "ok", messages }, cap: null, prompt: "messages" },
  { path: "embeddings", body: { model: "vectors", input: "hi" }, cap: null, prompt: "input" },
];
const MODELS: Record<string, string[]> = {
  "chat/completions": ["ok", "claude-text"],
  responses: ["ok", "claude-text"],
  messages: ["ok", "claude-text"],
};

async function send(path: string, body: unknown, secret = customer.secret) {
  const response = await fetch(`${world.baseUrl}/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}` },
    body: typeof body === "string" || body instanceof Buffer ? (body as string) : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Checks that an answer is a refusal in the dialect of its path, and for good; gives the field that it names. */
function refusedField(path: string, { status, headers, text }: Awaited<ReturnType<typeof send>>) {
  expect([status, headers.get("x-should-retry")]).toEqual([400, "false"]);
  const body = JSON.parse(text);
  const id = headers.get("x-request-id");
  expect(id).toMatch(/^req_/);
  expect(body.error).toMatchObject({
    type: "invalid_request_error",
    code: "invalid_request_error",
    message: expect.any(String),
    doc_url: "http://localhost:3000/docs/errors/invalid_request_error",
    request_id: id,
  });
  if (path.startsWith("messages")) {
    expect([body.type, body.request_id, headers.get("request-id")]).toEqual(["error", id, id]);
    return body.error.param ?? null;
  }
  expect(Object.keys(body)).toEqual(["error"]);
  return body.error.param;
}

describe.each(FACES)("POST /v1/$path with $cap", ({ path, body, cap, prompt }) => {
  const text = JSON.stringify(body);
  const twice = (field: string, value: string) => text.replace("{", `{"${field}":${value},"${field}":1,`);
  const cases: [what: string, sent: unknown, field: RegExp | null][] = [
    ["a body that is no JSON", "{", null],
    ["no body", "", null],
    ["half a body", text.slice(0, -3), null],
    ["more than a body", `${text}garbage`, null],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x7b, 0x7d]), null],
    ["brackets without end", "[".repeat(100_000), null],
    ["a list", "[]", null],
    ["null", "null", null],
    ["no model", { ...body, model: undefined }, /^model$/],
    ["a number as model", { ...body, model: 5 }, /^model$/],
    ["a field twice", twice("temperature", "2"), /^temperature$/],
    ["the model twice", text.replace("{", '{"model":"x",'), /^model$/],
    ["a text as stream", { ...body, stream: "yes" }, /^stream$/],
    ...[undefined, null, 5, {}, [], [5.5], true].map((value): [string, unknown, RegExp] => [
      `${JSON.stringify(value)} as ${prompt}`,
      { ...body, [prompt]: value },
      new RegExp(`^${prompt}`),
    ]),
    ...(cap === null ? [] : [-1, 0, 1.5, 1e12, 1e300, "5", true, [5], {}]).map(
      (value): [string, unknown, RegExp] => [
        `${JSON.stringify(value)} as ${cap}`,
        { ...body, [cap ?? ""]: value },
        new RegExp(`^${cap}$`),
      ],
    ),
    ...(path === "embeddings" || path.endsWith("count_tokens") ? [] : [1_000, -1, "2", 1.5]).map(
      (value): [string, unknown, RegExp] => [`${JSON.stringify(value)} as n`, { ...body, n: value }, /^n$/],
    ),
  ];

  it.each(cases)("refuses %s with a 400 in its dialect, and forwards nothing", async (_what, sent, field) => {
    for (const model of MODELS[path] ?? [""]) {
      const changed =
        model !== "" &&
        typeof sent === "object" &&
        !(sent instanceof Buffer) &&
        "model" in (sent as Face["body"])
          ? { ...sent, ...((sent as Face["body"]).model === "ok" ? { model } : {}) }
          : sent;
      const before = world.upstream.seen.length + world.anthropic.seen.length;
      const named = refusedField(path, await send(path, changed));
      if (field === null) expect(named).toBeNull();
      else expect(named).toMatch(field);
      expect(world.upstream.seen.length + world.anthropic.seen.length).toBe(before);
    }
  });
});

describe("what is merely odd", () => {
  const odd: unknown[] = [
    5,
    -1,
    1e300,
    "x",
    true,
    [],
    [5],
    [null],
    {},
    { type: 5 },
    [{}],
    [{ type: "function" }],
  ];
  const fields = [
    "tools",
    "tool_choice",
    "stop",
    "temperature",
    "response_format",
    "reasoning",
    "thinking",
  ].concat([
    "text",
    "metadata",
    "user",
    "logprobs",
    "stream_options",
    "instructions",
    "system",
    "usage",
    "include",
  ]);
  it.each(["chat/completions", "responses", "messages"])(
    "%s never answers it with a fault of ours",
    async (path) => {
      const face = FACES.find((one) => one.path === path);
      for (const model of MODELS[path] ?? []) {
        for (const field of fields) {
          const answers = await Promise.all(
            odd.map((value) => send(path, { ...face?.body, model, [field]: value })),
          );
          for (const [at, { status, text }] of answers.entries()) {
            if (status !== 200 && status !== 400)
              throw new Error(`${field} ${at}: ${status} ${text.slice(0, 300)}`);
          }
        }
      }
    },
  );
});

describe("a small wallet", () => {
  const CALLS = FACES.filter(({ cap }) => cap !== null).flatMap((face) =>
    [false, true].map((stream) => ({ ...face, stream })),
  );
  it.each(CALLS)("is told of its clamp: $path, $cap, stream $stream", async ({ path, body, cap, stream }) => {
    const poor = await world.customer(1_000_000n);
    const { status, headers } = await send(path, { ...body, [cap ?? ""]: 16_000, stream }, poor.secret);
    expect(status).toBe(200);
    const clamped = Number(headers.get("x-max-tokens-clamped"));
    expect(clamped).toBeGreaterThan(10);
    expect(clamped).toBeLessThan(500);
    expect((await callRows(poor.workspaceId))[0]?.clamped_tokens).toBe(BigInt(clamped));
  });
});

describe("what a call cost", () => {
  const CALLS = FACES.filter(({ cap }) => cap !== null && cap !== "max_completion_tokens").flatMap((face) =>
    (MODELS[face.path] ?? ["ok"]).flatMap((model) =>
      [false, true].map((stream) => ({
        path: face.path,
        body: { ...face.body, model, max_tokens: undefined, [face.cap ?? ""]: 50, stream },
        model,
        stream,
      })),
    ),
  );
  it.each(CALLS)("is in its usage where that is asked for: $path of $model, stream $stream", async (call) => {
    const who = await world.customer();
    const told = await send(call.path, { ...call.body, usage: { include: true } }, who.secret);
    const { balance } = await wallet(who.workspaceId);
    const spent = 10_000_000_000n - balance;
    expect(spent).toBeGreaterThan(0n);
    const costs = [...told.text.matchAll(/"cost":([\d.e-]+)/g)].map(([, text]) => Number(text));
    expect(costs).toEqual([Number(spent) / 1e9]);
    // A stream's headers are gone before it is known.
    expect(told.headers.get("x-request-cost")).toBe(call.stream ? null : String(costs[0]));
    expect((await send(call.path, call.body, who.secret)).text).not.toContain('"cost"');
    expect(await openHolds()).toBe(0);
  });
});
