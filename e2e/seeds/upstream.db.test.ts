import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { completion, json } from "@/e2e/fakes/upstream";
import { covers } from "@/e2e/seeds/coverage";
import { type Desk, openDesk, operator, type Person } from "@/e2e/seeds/desk";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { NewConnection } from "@/lib/catalog/connection-input";
import { listConnections } from "@/lib/catalog/list-connections";
import type { NewModelInput } from "@/lib/catalog/model-input";
import { testConnection } from "@/lib/catalog/test-connection";
import { pool } from "@/lib/db";

/** A service of somebody's own, which answers on one path and remembers how it was asked. */
let service: Server;
let origin: string;
const seen: { url: string; headers: IncomingMessage["headers"]; model: string }[] = [];
let desk: Desk;
let person: Person;

beforeAll(async () => {
  service = createServer(async (req, res) => {
    let text = "";
    for await (const piece of req) text += piece;
    const { url = "", headers } = req;
    if (!/\/chat\/completions(?:\?|$)/.test(url))
      return json(res, 404, '{"error":{"message":"nothing here"}}');
    const model = String(JSON.parse(text).model ?? "");
    seen.push({ url, headers, model });
    json(res, 200, completion("From a service"));
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  desk = await openDesk(["ok", "tools"], { firstByteTimeoutMs: 5_000 });
  person = await desk.person();
});
afterAll(async () => {
  await desk.stop();
  service.closeAllConnections();
  service.close();
});

const prices = { inputUsdPerMillion: "1", outputUsdPerMillion: "2", contextTokens: 8_000 };

async function connect(name: string, url: string, more: object = {}, model: Partial<NewModelInput> = {}) {
  await addConnection(operator, { name, kind: "openai-compatible", url, allowPrivate: true, ...more });
  await addModel(operator, {
    id: name,
    connection: name,
    upstreamId: `${name}-upstream`,
    ...prices,
    ...model,
  });
  await desk.gateway.services.catalog.refresh();
  const answer = await desk.chat(person.secret, { model: name });
  return { answer, asked: seen.at(-1) };
}

it(covers("up.any"), async () => {
  const { answer, asked } = await connect(
    "corporate",
    `${origin}/v1`,
    { key: "per-user-key" },
    {
      upstreamId: "team/Llama-3.1-70B-Instruct",
    },
  );
  expect(answer.body.choices[0].message.content).toBe("From a service");
  expect(asked).toMatchObject({ url: "/v1/chat/completions", model: "team/Llama-3.1-70B-Instruct" });
  expect(asked?.headers.authorization).toBe("Bearer per-user-key");
});

it(covers("up.url-forms"), async () => {
  for (const [name, url] of [
    ["host", origin],
    ["root", `${origin}/v1/`],
    ["endpoint", `${origin}/v1/chat/completions`],
  ] as const) {
    const { answer, asked } = await connect(name, url);
    expect([answer.status, asked?.url], name).toEqual([200, "/v1/chat/completions"]);
  }
  const { asked } = await connect("below", `${origin}/gateway/api/v1`);
  expect(asked?.url).toBe("/gateway/api/v1/chat/completions");
});

it(covers("up.no-key"), async () => {
  const { answer, asked } = await connect("open", `${origin}/v1`);
  expect(answer.status).toBe(200);
  expect(asked?.headers.authorization).toBeUndefined();
  expect(asked?.headers["api-key"]).toBeUndefined();
});

it(covers("up.key-sealed"), async () => {
  await connect("sealed", `${origin}/v1`, {
    key: "sk-very-secret-upstream",
    headers: ["X-Secret: hush-hush"],
  });
  const { rows } = await pool().query("SELECT c::text AS text FROM connections c WHERE name = 'sealed'");
  const stored = String(rows[0]?.text);
  for (const secret of ["sk-very-secret-upstream", "hush-hush"]) {
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(Buffer.from(secret).toString("hex"));
  }
  const view = (await listConnections(operator)).find(({ name }) => name === "sealed");
  expect(view).toMatchObject({ hasKey: true, hasHeaders: true });
  expect(JSON.stringify(view)).not.toMatch(/very-secret|hush/);
});

it(covers("up.headers"), async () => {
  const { asked } = await connect("headed", `${origin}/v1`, {
    headers: ["X-Title: Tollgate", "X-Team: blue"],
  });
  expect(asked?.headers).toMatchObject({ "x-title": "Tollgate", "x-team": "blue" });
});

it(covers("up.azure"), async () => {
  const url = `${origin}/openai/deployments/my-deployment?api-version=2024-10-21`;
  const { answer, asked } = await connect(
    "cloud",
    url,
    { kind: "azure", key: "azure-key" },
    {
      upstreamId: "my-deployment",
    },
  );
  expect(answer.status).toBe(200);
  expect(asked?.url).toBe("/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21");
  expect(asked?.headers["api-key"]).toBe("azure-key");
  expect(asked?.headers.authorization).toBeUndefined();
});

it(covers("up.azure-version"), () => {
  const url = "https://resource.openai.azure.com/openai/deployments/mine";
  const read = NewConnection.safeParse({ name: "a", kind: "azure", url });
  expect(read.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
    ["apiVersion", "apiVersionMissing"],
  ]);
});

interface Listed {
  id: string;
  functionCall: boolean;
  vision: boolean;
  reasoning: boolean;
  [field: string]: unknown;
}
async function listed(id: string): Promise<Listed> {
  const { data } = (await desk.send("/v1/models", { secret: person.secret })).body as { data: Listed[] };
  const found = data.find((model) => model.id === id);
  if (!found) throw new Error(`${id} is not listed`);
  return found;
}

it(covers("up.tools-default"), async () => {
  await connect("unknown", `${origin}/v1`);
  expect(await listed("unknown")).toMatchObject({ functionCall: true, vision: false, reasoning: false });
});

it(covers("up.abilities"), async () => {
  await connect("able", `${origin}/v1`, {}, { vision: true, reasoning: true, tools: false });
  expect(await listed("able")).toMatchObject({ functionCall: false, vision: true, reasoning: true });
  const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } };
  const messages = [{ role: "user", content: [image] }];
  expect((await desk.chat(person.secret, { model: "able", messages })).status).toBe(200);
  const blind = await desk.chat(person.secret, { model: "ok", messages });
  expect([blind.status, blind.body.error.code]).toEqual([400, "unsupported_capability"]);
});

it(covers("up.privacy"), async () => {
  await connect("discreet", `${origin}/v1`, {}, { privacy: true });
  expect(JSON.stringify(await listed("discreet"))).toMatch(/"privacy":true/);
  expect(JSON.stringify(await listed("ok"))).not.toMatch(/"privacy":true/);
});

it(covers("up.test-ok"), async () => {
  const test = await testConnection(operator, { name: "fake", upstreamId: "tools" });
  const outcomes = Object.fromEntries(test.steps.map(({ step, outcome }) => [step, outcome]));
  expect(outcomes).toMatchObject({ models: "ok", call: "ok", stream: "ok", tools: "ok" });
  expect(test.ok).toBe(true);
});

it(covers("up.test-tools"), async () => {
  const { steps } = await testConnection(operator, { name: "fake", upstreamId: "ok" });
  expect(steps.find(({ step }) => step === "tools")).toMatchObject({ outcome: "failed", flag: "tools" });
});

it(covers("up.test-404"), async () => {
  await addConnection(operator, {
    name: "astray",
    kind: "openai-compatible",
    url: `${origin}/wrong/chat`,
    allowPrivate: true,
  });
  const lost = await testConnection(operator, { name: "astray", upstreamId: "x" });
  expect(lost.ok).toBe(false);
  expect(JSON.stringify(lost.steps)).toContain("404");
  const locked = await testConnection(operator, { name: "fake", upstreamId: "status-401" });
  expect(locked.ok).toBe(false);
  expect(JSON.stringify(locked.steps)).toContain("401");
});

it(covers("up.ollama"), async () => {
  const { answer, asked } = await connect("local-llama", `${origin}/v1`, {}, { upstreamId: "llama3.2:3b" });
  expect([answer.status, asked?.model]).toEqual([200, "llama3.2:3b"]);
});

it(covers("up.self"), async () => {
  await addConnection(operator, {
    name: "mirror",
    kind: "openai-compatible",
    url: "http://localhost:4100/v1",
    allowPrivate: true,
  }).then(
    () =>
      expect(testConnection(operator, { name: "mirror" })).rejects.toMatchObject({ code: "invalid_input" }),
    (error: { code?: string }) => expect(error.code).toBe("invalid_input"),
  );
});
