import { afterAll, beforeAll, expect, it } from "vitest";
import { ANTHROPIC_KEY, FakeAnthropic } from "@/e2e/fakes/anthropic";
import { FakeGemini, GEMINI_KEY } from "@/e2e/fakes/gemini";
import { covers } from "@/e2e/seeds/coverage";
import { type Desk, openDesk, operator, type Person } from "@/e2e/seeds/desk";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";

let desk: Desk;
let person: Person;
const anthropic = new FakeAnthropic();
const gemini = new FakeGemini();

beforeAll(async () => {
  await Promise.all([anthropic.start(), gemini.start()]);
  desk = await openDesk(["ok"]);
  const more = { inputUsdPerMillion: "1", outputUsdPerMillion: "2", contextTokens: 200_000 };
  for (const [name, kind, url, key, id] of [
    ["anthropic", "anthropic", anthropic.url, ANTHROPIC_KEY, "claude-text"],
    ["gemini", "google", gemini.url, GEMINI_KEY, "gemini-pro"],
  ] as const) {
    await addConnection(operator, { name, kind, url, key, allowPrivate: true });
    await addModel(operator, { id, connection: name, upstreamId: id, ...more });
  }
  await desk.gateway.services.catalog.refresh();
  person = await desk.person();
});
afterAll(async () => {
  await desk.stop();
  await Promise.all([anthropic.stop(), gemini.stop()]);
});

/** What a client would reach that appends its endpoint to this base. */
async function asBase(base: string): Promise<void> {
  const { status, text } = await desk.chat(person.secret, {}, `${base}/chat/completions`);
  expect(status, `${base}: ${text}`).toBe(200);
  expect(text).toContain("Hello from a test");
}

it(covers("url.root"), async () => {
  await asBase("/v1");
  const { secret } = person;
  for (const path of ["models", "key", "credits"])
    expect((await desk.send(`/v1/${path}`, { secret })).status, path).toBe(200);
});

it(covers("url.without"), async () => {
  await asBase("");
  expect((await desk.send("/models", { secret: person.secret })).status).toBe(200);
});

it(covers("url.doubled"), async () => {
  await asBase("/v1/v1");
  expect((await desk.send("/v1/v1/models", { secret: person.secret })).status).toBe(200);
});

it(covers("url.endpoint"), async () => {
  await asBase("/v1/chat/completions");
});

it(covers("url.slash"), async () => {
  const { status } = await desk.chat(person.secret, {}, "/v1//chat/completions");
  expect(status).toBe(200);
});

it(covers("url.unknown"), async () => {
  const { status, body } = await desk.send("/v1/chat/complete", { secret: person.secret, body: {} });
  expect([status, body.error.code]).toEqual([404, "not_found"]);
  expect(body.error.message).toContain("http://localhost:4100/v1");
});

it(covers("url.no-page"), async () => {
  const { secret } = person;
  for (const path of [
    "/dashboard",
    "/v2/models",
    "/api/v1/chat/completions",
    "/v1/images/generations",
    "/index.html",
  ]) {
    for (const body of [undefined, {}]) {
      const answer = await desk.send(path, { secret, ...(body ? { body } : {}) });
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.body?.error?.message, path).toBeTruthy();
    }
  }
});

it(covers("url.foreign-key"), async () => {
  for (const foreign of [
    "sk-proj-abcdefghijklmnopqrstuvwxyz123456",
    "sk-or-v1-0123456789abcdef",
    "sk-ant-api03-abc",
  ]) {
    const { status, body } = await desk.chat(foreign);
    expect([status, body.error.code], foreign).toEqual([401, "invalid_api_key"]);
    expect(body.error.message).toMatch(/sk-tg-|Tokens/);
  }
});

it(covers("url.makers"), async () => {
  for (const model of ["sandbox/echo", "ok", "claude-text", "gemini-pro"]) {
    const { status, body, text } = await desk.chat(person.secret, { model });
    expect(status, `${model}: ${text}`).toBe(200);
    expect(body.object).toBe("chat.completion");
    expect(body.choices[0].message.content.length, model).toBeGreaterThan(0);
  }
});

it(covers("url.cors"), async () => {
  const { status, headers } = await desk.send("/v1/chat/completions", {
    method: "OPTIONS",
    headers: {
      origin: "https://chat.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
  });
  expect(status).toBe(204);
  expect(headers.get("access-control-allow-headers")).toContain("authorization");
});
