import { afterAll, beforeAll, expect, it } from "vitest";
import { callRows, until } from "@/e2e/gateway/world";
import { covers } from "@/e2e/seeds/coverage";
import { type Desk, openDesk, type Person } from "@/e2e/seeds/desk";
import { placesOf } from "@/e2e/seeds/places-of";
import { receiveLeak } from "@/lib/api/receive-leak";
import { mailsTo } from "@/lib/auth/account.fixture";
import { makeKey } from "@/lib/keys/token";

let desk: Desk;
let person: Person;
beforeAll(async () => {
  desk = await openDesk(["ok", "error-body", "status-401"]);
  person = await desk.person();
});
afterAll(() => desk.stop());

it(covers("sec.error"), async () => {
  const wrong = [makeKey("inference"), makeKey("management"), "sk-proj-somebodyelseskey1234567890"];
  for (const secret of wrong) {
    for (const path of ["/v1/chat/completions", "/v1/nothing", "/v1/messages"]) {
      const { status, text, headers } = await desk.chat(secret, {}, path);
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(text + JSON.stringify([...headers])).not.toContain(secret);
    }
  }
});

it(covers("sec.query"), async () => {
  for (const name of ["key", "api_key", "api-key", "access_token", "token"]) {
    const { status } = await desk.send(`/v1/models?${name}=${person.secret}`);
    expect(status, name).toBe(401);
  }
});

it(covers("sec.leak"), async () => {
  const one = await desk.person();
  expect((await desk.chat(one.secret)).status).toBe(200);
  const report = await receiveLeak(
    new Request("http://localhost:3000/api/leaks", {
      method: "POST",
      body: `seen in a screenshot: ${one.secret}`,
      headers: { "x-tollgate-peer": "198.51.100.77" },
    }),
  );
  expect(report.status).toBe(202);
  await until(async () => (await desk.send("/v1/models", { secret: one.secret })).status === 401, 1_000);
  expect((await mailsTo(one.ctx.actor.email)).length).toBe(1);
});

it(covers("sec.address"), async () => {
  const [here, elsewhere] = [
    await person.key({ ipRanges: ["127.0.0.0/8"] }),
    await person.key({ ipRanges: ["203.0.113.0/24"] }),
  ];
  expect((await desk.chat(here.secret)).status).toBe(200);
  const { status, body } = await desk.chat(elsewhere.secret);
  expect([status, body.error.code]).toEqual([403, "ip_not_allowed"]);
});

it(covers("sec.least"), async () => {
  const key = await person.key({
    models: ["sandbox/echo"],
    totalBudgetNano: 1_000_000_000n,
    period: "day",
    periodBudgetNano: 100_000_000n,
    requestsPerMinute: 5,
    maxParallel: 2,
    expiresAt: new Date(Date.now() + 86_400_000),
  });
  expect((await desk.chat(key.secret)).status).toBe(200);
  expect((await desk.chat(key.secret, { model: "ok" })).body.error.code).toBe("model_not_allowed");
  expect((await desk.send("/v1/key", { secret: key.secret })).body).toMatchObject({
    total_limit_usd: "1",
    period: "day",
    requests_per_minute: 5,
  });
});

it(covers("sec.no-prompts"), async () => {
  const one = await desk.person();
  const word = "zanzibar-quetzal-7731";
  const { text } = await desk.chat(one.secret, { messages: [{ role: "user", content: word }] });
  expect(text).toContain(word);
  await until(async () => (await callRows(one.workspaceId)).length === 1);
  // The search finds what is there.
  expect(await placesOf(one.workspaceId)).toContain("public.workspaces");
  expect(await placesOf(word)).toEqual([]);
});

it(covers("sec.name"), async () => {
  await expect(person.key({}, makeKey("inference"))).rejects.toThrow(/nameHoldsKey/);
});

it(covers("sec.upstream"), async () => {
  for (const model of ["error-body", "status-401"]) {
    const { status, text, headers } = await desk.chat(person.secret, { model });
    expect(status).toBe(503);
    expect(text + JSON.stringify([...headers])).not.toMatch(
      /sk-upstreamsecret1|never to be seen|127\.0\.0\.1/,
    );
  }
});
