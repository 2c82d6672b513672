import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeUpstream } from "@/e2e/fakes/upstream";
import type { Ctx } from "@/lib/actor";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { listConnections } from "@/lib/catalog/list-connections";
import { listModelsFor } from "@/lib/catalog/list-models-for";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { readCatalogVersion, readSnapshot } from "@/lib/catalog/read-snapshot";
import { testConnection } from "@/lib/catalog/test-connection";
import { closeDb, db, pool } from "@/lib/db";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";

const ctx: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };
const user: Ctx = {
  actor: {
    kind: "user",
    userId: "usr_1",
    email: "a@b.c",
    verified: true,
    operator: false,
    sessionId: "ses_1",
  },
  workspaceId: "ws_1",
  requestId: newId("req"),
};
/** This machine, by every address and name that leads to it. */
const ownAddresses = () => [
  "localhost",
  "0.0.0.0",
  "127.9.9.9",
  ...Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ address }) => !address.startsWith("fe80"))
    .map(({ address, family }) => (family === "IPv6" ? `[${address}]` : address)),
];
const SECRET = "sk-upstreamsecret1";
const upstream = new FakeUpstream();
const connection = (more: object = {}) => ({
  name: "fake",
  kind: "openai-compatible" as const,
  url: upstream.url,
  allowPrivate: true,
  ...more,
});
const model = (more: object = {}) => ({
  id: "ok",
  connection: "fake",
  upstreamId: "ok",
  inputUsdPerMillion: "2.5",
  outputUsdPerMillion: "10",
  contextTokens: 128_000,
  ...more,
});

beforeAll(() => upstream.start());
afterAll(async () => {
  await upstream.stop();
  await closeDb();
});

describe("the catalogue", () => {
  it("takes a connection with its secrets, which nobody reads in the database again", async () => {
    const { id } = await addConnection(ctx, connection({ key: SECRET, headers: ["X-Team: blue"] }));
    const row = await db().connection.findUniqueOrThrow({ where: { id } });
    expect(Buffer.from(row.keyCipher ?? []).includes(SECRET)).toBe(false);
    expect(Buffer.from(row.headersCipher ?? []).includes("blue")).toBe(false);
    const [view] = await listConnections(ctx);
    expect(view).toMatchObject({ name: "fake", hasKey: true, hasHeaders: true, enabled: true, models: [] });
    expect(JSON.stringify(view)).not.toContain(SECRET);
    const audit = await db().auditRow.findFirst({ where: { action: "connection.add" } });
    expect(JSON.stringify(audit, (_, v) => (typeof v === "bigint" ? String(v) : v))).not.toContain(SECRET);
  });

  it("takes a model whose prices are exact, and the gateway's snapshot holds all of it", async () => {
    const before = await readCatalogVersion(pool());
    await addModel(ctx, model());
    expect(await readCatalogVersion(pool())).not.toBe(before);
    const snapshot = await readSnapshot(pool());
    expect(snapshot.version).toBe(await readCatalogVersion(pool()));
    expect(snapshot.models.get("ok")).toMatchObject({
      tools: true,
      vision: false,
      maxOutputTokens: 16_384,
      price: {
        inputPico: 2_500_000n,
        cachedInputPico: 2_500_000n,
        outputPico: 10_000_000n,
        reasoningPico: 10_000_000n,
      },
      routes: [
        {
          upstreamId: "ok",
          connection: { key: SECRET, headers: { "x-team": "blue" }, kind: "openai_compatible" },
        },
      ],
    });
    expect((await listPublicModels()).map(({ id, inputPico }) => [id, inputPico])).toEqual([
      ["ok", 2_500_000n],
    ]);
    expect(await listModelsFor(["other"])).toEqual([]);
    expect((await listModelsFor([])).length).toBe(1);
  });

  it("uses the price that is in force, and no model without one", async () => {
    const { outputPico } = await db().price.findFirstOrThrow({ where: { modelId: "ok" } });
    const first = await db().price.findFirstOrThrow({ where: { modelId: "ok" } });
    await db().price.create({
      data: {
        ...first,
        id: newId("pri"),
        version: 2,
        validFrom: new Date(Date.now() + 3_600_000),
        outputPico: 1n,
      },
    });
    expect((await readSnapshot(pool())).models.get("ok")?.price.outputPico).toBe(outputPico);
    await db().price.create({
      data: {
        ...first,
        id: newId("pri"),
        version: 3,
        validFrom: new Date(),
        outputPico: 7n,
      },
    });
    expect((await readSnapshot(pool())).models.get("ok")?.price.outputPico).toBe(7n);
    expect((await listPublicModels())[0]?.outputPico).toBe(7n);
  });

  it("leaves out a connection whose secrets cannot be opened, and serves the rest", async () => {
    await addConnection(ctx, connection({ name: "moved", key: SECRET }));
    await addModel(ctx, model({ id: "moved", connection: "moved" }));
    const one = await db().connection.findUniqueOrThrow({ where: { name: "fake" } });
    await db().connection.update({ where: { name: "moved" }, data: { keyCipher: one.keyCipher } });
    const { models } = await readSnapshot(pool());
    expect([models.has("ok"), models.has("moved")]).toEqual([true, false]);
  });

  it("refuses what is taken, unknown, ours, private or not an operator's to do", async () => {
    const refused: [() => Promise<unknown>, object][] = [
      [() => addConnection(user, connection({ name: "x" })), { code: "forbidden" }],
      [() => addModel(user, model({ id: "x" })), { code: "forbidden" }],
      [() => listConnections(user), { code: "forbidden" }],
      [() => addConnection(ctx, connection()), { code: "conflict", field: "name" }],
      [() => addModel(ctx, model()), { code: "conflict", field: "id" }],
      [
        () => addModel(ctx, model({ id: "x", connection: "nowhere" })),
        { code: "not_found", field: "connection" },
      ],
      [
        () => addConnection(ctx, connection({ name: "x", allowPrivate: false })),
        { message: "privateAddress", field: "url" },
      ],
      [
        () =>
          addConnection(ctx, connection({ name: "x", url: "http://localhost:9/v1", allowPrivate: false })),
        { message: "privateAddress" },
      ],
      [
        () => addConnection(ctx, connection({ name: "x", url: "http://169.254.169.254/v1" })),
        { message: "forbiddenAddress" },
      ],
      [
        () => addConnection(ctx, connection({ name: "x", url: `${env().publicApiUrl}/v1` })),
        { message: "connectionToSelf" },
      ],
      [
        () => addConnection(ctx, connection({ name: "x", url: `http://127.0.0.1:${env().GATEWAY_PORT}/v1` })),
        { message: "connectionToSelf" },
      ],
      [
        () => addConnection(ctx, connection({ name: "x", url: `http://[::1]:${env().PORT}` })),
        { message: "connectionToSelf" },
      ],
      ...ownAddresses().map((host): [() => Promise<unknown>, object] => [
        () => addConnection(ctx, connection({ name: "x", url: `http://${host}:${env().GATEWAY_PORT}/v1` })),
        { message: "connectionToSelf", field: "url" },
      ]),
      [() => testConnection(ctx, { name: "nowhere" }), { code: "not_found" }],
      [() => testConnection(user, { name: "fake" }), { code: "forbidden" }],
    ];
    for (const [act, expected] of refused) await expect(act()).rejects.toMatchObject(expected);
  });

  it("is tried for real: what works, what does not, and which flag to switch off", async () => {
    const tested = await testConnection(ctx, { name: "fake" });
    expect(tested).toMatchObject({ name: "fake", upstreamId: "ok", ok: true });
    expect(tested.steps.map(({ step, outcome, flag }) => [step, outcome, flag])).toEqual([
      ["models", "ok", null],
      ["call", "ok", null],
      ["stream", "ok", null],
      ["tools", "failed", "tools"],
      ["cache", "failed", "promptCache"],
    ]);
    const broken = await testConnection(ctx, { name: "fake", upstreamId: "status-401" });
    expect(broken.ok).toBe(false);
    expect(broken.steps[1]).toMatchObject({
      outcome: "failed",
      reason: "401: upstream says 401 to [removed]",
    });
    expect(broken.steps.slice(2).every(({ outcome }) => outcome === "skipped")).toBe(true);
  });
});
