import { afterAll, beforeAll, expect, it } from "vitest";
import { addScripted, until } from "@/e2e/gateway/world";
import { covers } from "@/e2e/seeds/coverage";
import { type Desk, openDesk, operator, type Person } from "@/e2e/seeds/desk";
import { addAlias } from "@/lib/catalog/add-alias";
import { chatModels } from "@/lib/catalog/chat-models";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { updateModel } from "@/lib/catalog/update-model";
import { lobeModelList, nextChatModelList } from "@/lib/clients/model-lists";
import { setupModels } from "@/lib/clients/setup-models";

let desk: Desk;
let person: Person;
beforeAll(async () => {
  desk = await openDesk(["ok", "tools"]);
  await addScripted("acme/Large-70B", { upstreamId: "ok" });
  await addScripted("leaving", { upstreamId: "ok" });
  await addAlias(operator, { id: "auto", models: ["ok", "acme/Large-70B"] });
  await desk.gateway.services.catalog.refresh();
  person = await desk.person();
});
afterAll(() => desk.stop());

interface Listed {
  id: string;
  context_length: number;
  contextWindowTokens: number;
  maxOutput: number;
  pricing: Record<string, unknown>;
}
async function list(secret = person.secret): Promise<Listed[]> {
  return (await desk.send("/v1/models", { secret })).body.data;
}

it(covers("model.list"), async () => {
  const ids = (await list()).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["sandbox/echo", "ok", "tools", "acme/Large-70B", "auto"]));
  expect((await desk.send("/v1/models/sandbox/echo", { secret: person.secret })).body.id).toBe(
    "sandbox/echo",
  );
});

it(covers("model.copy"), async () => {
  for (const { id } of await list()) {
    expect((await desk.chat(person.secret, { model: id })).status, id).toBe(200);
  }
});

it(covers("model.guess"), async () => {
  const { status, body } = await desk.chat(person.secret, { model: "sandbox-echo" });
  expect([status, body.error.code]).toEqual([404, "model_not_found"]);
  expect(body.error.message).toContain("sandbox/echo");
});

it(covers("model.exact"), async () => {
  for (const model of ["acme/large-70b", "Large-70B", " acme/Large-70B", "acme/Large-70B-instruct"]) {
    expect((await desk.chat(person.secret, { model })).status, model).toBe(404);
  }
  expect((await desk.chat(person.secret, { model: "acme/Large-70B" })).status).toBe(200);
});

it(covers("model.per-key"), async () => {
  const narrow = await person.key({ models: ["ok"] });
  expect((await list(narrow.secret)).map(({ id }) => id)).toEqual(["ok"]);
  const { status, body } = await desk.chat(narrow.secret, { model: "tools" });
  expect([status, body.error.code]).toEqual([403, "model_not_allowed"]);
});

it(covers("model.size"), async () => {
  const found = (await list()).find(({ id }) => id === "acme/Large-70B");
  expect(found).toMatchObject({ context_length: 128_000, contextWindowTokens: 128_000, maxOutput: 16_384 });
  expect(found?.pricing).toMatchObject({ input: 1, output: 2 });
});

it(covers("model.upstream-id"), async () => {
  const before = desk.upstream.asked("ok");
  await desk.chat(person.secret, { model: "acme/Large-70B" });
  expect(desk.upstream.asked("ok")).toBe(before + 1);
  expect(desk.upstream.asked("acme/Large-70B")).toBe(0);
});

it(covers("model.many"), async () => {
  const before = desk.upstream.seen.length;
  for (const model of ["ok", "tools", "acme/Large-70B"]) await desk.chat(person.secret, { model });
  const asked = desk.upstream.seen.slice(before);
  expect(asked.map(({ body }) => body.model)).toEqual(["ok", "tools", "ok"]);
  expect(new Set(asked.map(({ headers }) => headers.authorization)).size).toBe(1);
});

it(covers("model.auto"), async () => {
  const { status, headers, body } = await desk.chat(person.secret, { model: "auto" });
  expect(status).toBe(200);
  expect(body.choices[0].message.content.length).toBeGreaterThan(0);
  expect(Number(headers.get("x-request-cost"))).toBeGreaterThan(0);
});

it(covers("model.gone"), async () => {
  expect((await desk.chat(person.secret, { model: "leaving" })).status).toBe(200);
  await updateModel(operator, { id: "leaving", enabled: false });
  await until(async () => (await desk.chat(person.secret, { model: "leaving" })).status === 404);
  expect((await list()).map(({ id }) => id)).not.toContain("leaving");
});

it(covers("model.lists"), async () => {
  const { models } = setupModels(chatModels(await listPublicModels()));
  expect(lobeModelList(models)).toMatch(/^-all,/);
  expect(lobeModelList(models)).toContain("+sandbox/echo=sandbox/echo<128000:vision:fc>");
  expect(nextChatModelList(models)).toContain("+acme/Large-70B=");
  const listed = new Set((await list()).map(({ id }) => id));
  for (const { id } of models) expect(listed, id).toContain(id);
});
