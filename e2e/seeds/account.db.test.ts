import { afterAll, beforeAll, expect, it } from "vitest";
import { callRows, until, wallet } from "@/e2e/gateway/world";
import { covers } from "@/e2e/seeds/coverage";
import { type Desk, openDesk } from "@/e2e/seeds/desk";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(["status-503"]);
});
afterAll(() => desk.stop());

const messages = [{ role: "user", content: "hi" }];

it(covers("account.refused"), async () => {
  const { secret } = await desk.person(0);
  const chat = await desk.chat(secret);
  expect([chat.status, chat.body.error.code]).toEqual([403, "insufficient_quota"]);
  const body = { model: "sandbox/echo", max_tokens: 20, messages };
  const anthropic = await desk.send("/v1/messages", { secret, body });
  expect([anthropic.status, anthropic.body.error.type]).toEqual([402, "billing_error"]);
  const responses = await desk.send("/v1/responses", {
    secret,
    body: { model: "sandbox/echo", input: "hi" },
  });
  expect([responses.status, responses.body.error.type]).toEqual([429, "insufficient_quota"]);
});

it(covers("account.never-empty"), async () => {
  const { secret, workspaceId } = await desk.person(0);
  const { status, body } = await desk.chat(secret, { stream: true });
  expect(status).toBe(403);
  expect(body.error.message.length).toBeGreaterThan(20);
  await until(async () => (await callRows(workspaceId)).length === 1);
  expect((await callRows(workspaceId))[0]).toMatchObject({ outcome: "refused", cost_nano: 0n });
});

it(covers("account.models-free"), async () => {
  const { secret } = await desk.person(0);
  const { status, body } = await desk.send("/v1/models", { secret });
  expect(status).toBe(200);
  expect(body.data.map(({ id }: { id: string }) => id)).toContain("sandbox/echo");
});

it(covers("account.top-up"), async () => {
  const { secret } = await desk.person(0);
  const { error } = (await desk.chat(secret)).body;
  expect(error).toMatchObject({ limit_source: "account", left_usd: "0" });
  expect(Number(error.needed_usd)).toBeGreaterThan(0);
  expect(error.top_up_url).toBe("http://localhost:3000/credits");
});

it(covers("account.at-once"), async () => {
  const one = await desk.person(0);
  expect((await desk.chat(one.secret)).status).toBe(403);
  await one.credit(1);
  expect((await desk.chat(one.secret)).status).toBe(200);
});

it(covers("account.usage"), async () => {
  const { secret, workspaceId } = await desk.person();
  const call = await desk.chat(secret);
  const id = call.headers.get("x-request-id") ?? "";
  await until(async () => (await callRows(workspaceId)).length === 1);
  const told = await desk.send(`/v1/generation?id=${id}`, { secret });
  expect(told.status).toBe(200);
  expect(told.text).toContain("sandbox/echo");
  expect((await callRows(workspaceId))[0]).toMatchObject({
    request_id: id,
    input_tokens: BigInt(call.body.usage.prompt_tokens),
    output_tokens: BigInt(call.body.usage.completion_tokens),
  });
});

it(covers("account.exact"), async () => {
  const { secret, workspaceId } = await desk.person();
  const before = await wallet(workspaceId);
  const { body, headers } = await desk.chat(secret);
  const cost = BigInt(body.usage.prompt_tokens) * 1_000n + BigInt(body.usage.completion_tokens) * 2_000n;
  expect(before.balance - (await wallet(workspaceId)).balance).toBe(cost);
  expect(Math.round(Number(headers.get("x-request-cost")) * 1e9)).toBe(Number(cost));
});

it(covers("account.prepaid"), async () => {
  const { secret, workspaceId } = await desk.person(0.0005);
  const statuses = new Set<number>();
  for (let turn = 0; turn < 60 && !statuses.has(403); turn++) statuses.add((await desk.chat(secret)).status);
  expect([...statuses]).toEqual([200, 403]);
  const { balance, reserved } = await wallet(workspaceId);
  expect(balance).toBeGreaterThanOrEqual(0n);
  expect(reserved).toBe(0n);
  const spent = (await callRows(workspaceId)).reduce((sum, row) => sum + row.cost_nano, 0n);
  expect(balance + spent).toBe(500_000n);
});

it(covers("account.failed-free"), async () => {
  const { secret, workspaceId } = await desk.person();
  expect((await desk.chat(secret, { model: "status-503" })).status).toBe(503);
  expect(await wallet(workspaceId)).toMatchObject({ balance: 10_000_000_000n, reserved: 0n });
});
