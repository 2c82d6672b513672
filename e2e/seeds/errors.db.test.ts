import { afterAll, beforeAll, expect, it } from "vitest";
import { callRows, until, wallet } from "@/e2e/gateway/world";
import { covers } from "@/e2e/seeds/coverage";
import { type Answer, type Desk, openDesk, operator, type Person } from "@/e2e/seeds/desk";
import { addModel } from "@/lib/catalog/add-model";
import { pool } from "@/lib/db";
import { GATEWAY_ERRORS } from "@/lib/gateway/dialects/errors";
import type { NewKeyInput } from "@/lib/keys/key-input";
import { pauseKey } from "@/lib/keys/pause-key";

const MODELS = ["ok", "status-503", "hang-before", "error-event", "empty", "bad-request", "slow-drip"];
let desk: Desk;
let person: Person;
beforeAll(async () => {
  desk = await openDesk(MODELS, { firstByteTimeoutMs: 1_500, idleTimeoutMs: 5_000 });
  person = await desk.person();
});
afterAll(() => desk.stop());

function expectError({ status, body }: Answer, wanted: number, code: string): void {
  expect([status, body?.error?.code]).toEqual([wanted, code]);
}

it(covers("error.form"), async () => {
  const answers = [
    await desk.chat("sk-tg-nothing"),
    await desk.chat((await desk.person(0)).secret),
    await desk.chat(person.secret, { model: "nope" }),
    await desk.chat(person.secret, { model: "status-503" }),
    await desk.chat(person.secret, { messages: 7 }),
  ];
  for (const { status, headers, body } of answers) {
    const { code, message, request_id: id } = body.error;
    expect(Object.keys(GATEWAY_ERRORS)).toContain(code);
    expect(status).toBe(GATEWAY_ERRORS[code as keyof typeof GATEWAY_ERRORS].status);
    expect(message).toMatch(/^\S.{20,}(?:\.|https?:\/\/\S+)$/);
    expect(JSON.stringify(body)).toContain(`http://localhost:3000/docs/errors/${code}`);
    expect([id, /^req_/.test(id)]).toEqual([headers.get("x-request-id"), true]);
  }
});

it(covers("error.401"), async () => {
  expectError(await desk.send("/v1/models"), 401, "invalid_api_key");
  expectError(await desk.chat(`${person.secret}0`), 401, "invalid_api_key");
  const paused = await person.key();
  await pauseKey(person.ctx, { keyId: paused.id });
  expectError(await desk.chat(paused.secret), 401, "api_key_disabled");
  const short = await person.key({ expiresAt: new Date(Date.now() + 1_500) });
  await until(async () => (await desk.send("/v1/models", { secret: short.secret })).status === 401, 10_000);
  expectError(await desk.chat(short.secret), 401, "api_key_expired");
});

it(covers("error.403"), async () => {
  const cases: [Omit<NewKeyInput, "name">, string][] = [
    [{ models: ["ok"] }, "model_not_allowed"],
    [{ ipRanges: ["203.0.113.0/24"] }, "ip_not_allowed"],
    [{ totalBudgetNano: 1n }, "insufficient_quota"],
    [{ maxRequestNano: 1n }, "request_cost_limit"],
  ];
  for (const [limits, code] of cases) {
    expectError(await desk.chat((await person.key(limits)).secret), 403, code);
  }
});

it(covers("error.404"), async () => {
  expectError(await desk.chat(person.secret, { model: "gpt-guess" }), 404, "model_not_found");
  expectError(await desk.chat(person.secret, {}, "/v1/nothing/here"), 404, "not_found");
});

it(covers("error.429-rate"), async () => {
  const key = await person.key({ requestsPerMinute: 1 });
  expect((await desk.chat(key.secret)).status).toBe(200);
  const refused = await desk.chat(key.secret);
  expectError(refused, 429, "rate_limit_exceeded");
  const seconds = Number(refused.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(refused.headers.get("x-ratelimit-limit-requests")).toBe("1");
  // The wait, without waiting: the window began so much earlier.
  await pool().query(
    "UPDATE key_meters SET window_start = window_start - $1 * interval '1 second' WHERE key_id = $2",
    [seconds, key.id],
  );
  expect((await desk.chat(key.secret)).status).toBe(200);
});

it(covers("error.429-parallel"), async () => {
  const key = await person.key({ maxParallel: 1 });
  const leave = new AbortController();
  const running = await fetch(`${desk.baseUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key.secret}` },
    body: JSON.stringify({ model: "slow-drip", stream: true, messages: [{ role: "user", content: "hi" }] }),
    signal: leave.signal,
  });
  expect(running.status).toBe(200);
  const refused = await desk.chat(key.secret);
  expectError(refused, 429, "concurrency_limit_exceeded");
  expect(refused.headers.get("retry-after")).toBeTruthy();
  leave.abort();
  await until(async () => (await desk.chat(key.secret)).status === 200);
});

it(covers("error.503"), async () => {
  const failed = await desk.chat(person.secret, { model: "status-503" });
  expectError(failed, 503, "upstream_unavailable");
  expect(failed.headers.get("x-should-retry")).not.toBe("false");
  expect((await desk.chat(person.secret, { model: "ok" })).status).toBe(200);
});

it(covers("error.504"), async () => {
  expectError(await desk.chat(person.secret, { model: "hang-before" }), 504, "upstream_timeout");
});

it(covers("error.stream"), async () => {
  const { status, text } = await desk.chat(person.secret, { model: "error-event", stream: true });
  expect(status).toBe(200);
  expect(text).toContain("Hello");
  const events = text.split("\n\n").filter((line) => line.startsWith("data: {"));
  expect(JSON.parse(events.at(-1)?.slice(6) ?? "{}").error).toMatchObject({ code: "upstream_unavailable" });
});

it(covers("error.empty"), async () => {
  const one = await desk.person();
  const { status } = await desk.chat(one.secret, { model: "empty" });
  expect(status).toBe(200);
  await until(async () => (await callRows(one.workspaceId)).length === 1);
  expect((await callRows(one.workspaceId))[0]?.cost_nano).toBe(0n);
  expect((await wallet(one.workspaceId)).balance).toBe(10_000_000_000n);
});

it(covers("error.400"), async () => {
  const answer = await desk.chat(person.secret, { model: "bad-request" });
  expectError(answer, 400, "invalid_request_error");
  expect(answer.body.error.message).toContain("top_k");
  expect(answer.text).not.toContain("sk-upstreamsecret1");
});

it(covers("error.tools"), async () => {
  await addModel(operator, {
    id: "plain-words",
    connection: "fake",
    upstreamId: "ok",
    inputUsdPerMillion: "1",
    outputUsdPerMillion: "2",
    contextTokens: 8_000,
    tools: false,
  });
  await desk.gateway.services.catalog.refresh();
  const before = desk.upstream.seen.length;
  const tools = [
    { type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } },
  ];
  const refused = await desk.chat(person.secret, { model: "plain-words", tools, stream: true });
  expectError(refused, 400, "unsupported_capability");
  expect(refused.body.error.message).toMatch(/tool/i);
  expect(desk.upstream.seen.length).toBe(before);
  expect((await desk.chat(person.secret, { model: "plain-words", stream: true })).status).toBe(200);
});
