import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "@/lib/actor";
import { addAlias } from "@/lib/catalog/add-alias";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";
import { addRoute } from "@/lib/catalog/add-route";
import { listAliases } from "@/lib/catalog/list-aliases";
import { listConnections } from "@/lib/catalog/list-connections";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { listRoutes } from "@/lib/catalog/list-routes";
import { readCatalogVersion, readSnapshot } from "@/lib/catalog/read-snapshot";
import { removeAlias } from "@/lib/catalog/remove-alias";
import { removeRoute } from "@/lib/catalog/remove-route";
import { setPrice } from "@/lib/catalog/set-price";
import { closeDb, db, pool } from "@/lib/db";
import { newId } from "@/lib/ids";

const ctx: Ctx = { actor: { kind: "cli" }, workspaceId: "", requestId: newId("req") };
const user: Ctx = {
  ...ctx,
  actor: {
    kind: "user",
    userId: "usr_1",
    email: "a@b.c",
    verified: true,
    operator: false,
    sessionId: "ses_1",
  },
};
const model = (id: string, more: object = {}) => ({
  id,
  connection: "openai",
  upstreamId: `up-${id}`,
  inputUsdPerMillion: "2",
  outputUsdPerMillion: "8",
  contextTokens: 100_000,
  ...more,
});

beforeAll(async () => {
  await addConnection(ctx, { name: "openai", kind: "openai-compatible", url: "https://api.openai.com" });
  await addConnection(ctx, {
    name: "azure",
    kind: "azure",
    url: "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
  });
  await addConnection(ctx, {
    name: "claude",
    kind: "anthropic",
    url: "https://api.anthropic.com/v1/messages",
  });
  await addConnection(ctx, {
    name: "gemini",
    kind: "google",
    url: "https://generativelanguage.googleapis.com",
  });
  await addConnection(ctx, {
    name: "vllm",
    kind: "openai-compatible",
    url: "https://vllm.example/v1",
    dialects: ["chat", "messages"],
    plainTimeoutMs: 1_000_000,
  });
  await addModel(ctx, model("small", { cachedInputUsdPerMillion: "0.5", contextTokens: 32_000 }));
  await addModel(
    ctx,
    model("large", {
      inputUsdPerMillion: "5",
      outputUsdPerMillion: "4",
      reasoningUsdPerMillion: "40",
      cacheWrite5mUsdPerMillion: "6.25",
      requestUsd: "0.005",
      vision: true,
      privacy: true,
      strategy: "fastest",
    }),
  );
  await addModel(ctx, model("vectors", { kind: "embeddings" }));
});
afterAll(closeDb);

describe("connections of every kind", () => {
  it("speak what their kind and host are known to, or what the operator says", async () => {
    const listed = await listConnections(ctx);
    expect(
      Object.fromEntries(listed.map(({ name, baseUrl, dialects }) => [name, [baseUrl, dialects.join(" ")]])),
    ).toEqual({
      openai: ["https://api.openai.com/v1", "chat completions responses embeddings"],
      azure: ["https://r.openai.azure.com/openai/deployments/d", "chat completions responses embeddings"],
      claude: ["https://api.anthropic.com", "messages"],
      gemini: ["https://generativelanguage.googleapis.com", ""],
      vllm: ["https://vllm.example/v1", "chat messages"],
    });
    expect(listed.find(({ name }) => name === "azure")?.apiVersion).toBe("2024-10-21");
  });

  it("reach the gateway with their kind, dialects and deadlines", async () => {
    const { id } = await addRoute(ctx, { model: "small", connection: "vllm", upstreamId: "x", priority: 3 });
    const { models } = await readSnapshot(pool());
    const [first, second] = models.get("small")?.routes ?? [];
    expect([first?.connection.kind, first?.connection.plainTimeoutMs]).toEqual([
      "openai_compatible",
      600_000,
    ]);
    expect([...(second?.connection.dialects ?? [])]).toEqual(["chat", "messages"]);
    expect(second?.connection.plainTimeoutMs).toBe(1_000_000);
    expect(await removeRoute(ctx, { id })).toEqual({ modelId: "small" });
  });
});

describe("routes", () => {
  it("are added to a model, tried in order, and removed", async () => {
    const before = await readCatalogVersion(pool());
    await addRoute(ctx, {
      model: "large",
      connection: "azure",
      upstreamId: "d",
      priority: 1,
      weight: 7,
      inputCostUsdPerMillion: "1.5",
    });
    expect(await readCatalogVersion(pool())).not.toBe(before);
    const { models } = await readSnapshot(pool());
    expect(models.get("large")).toMatchObject({
      strategy: "fastest",
      routes: [
        { priority: 0, weight: 1, connection: { name: "openai" } },
        { priority: 1, weight: 7, inputCostPico: 1_500_000n, connection: { name: "azure" } },
      ],
    });
    const listed = (await listRoutes(ctx)).filter(({ modelId }) => modelId === "large");
    expect(listed.map(({ connection, upstreamId }) => [connection, upstreamId])).toEqual([
      ["openai", "up-large"],
      ["azure", "d"],
    ]);
    const audit = await db().auditRow.findFirst({
      where: { action: "route.add", target: listed[1]?.id ?? "" },
    });
    expect(audit).not.toBeNull();
  });

  it("are refused twice, to nothing, and by anyone but an operator", async () => {
    const route = { model: "large", connection: "azure", upstreamId: "d" };
    await expect(addRoute(ctx, route)).rejects.toMatchObject({ code: "conflict", field: "upstreamId" });
    await expect(addRoute(ctx, { ...route, model: "no" })).rejects.toMatchObject({
      code: "not_found",
      field: "model",
    });
    await expect(addRoute(ctx, { ...route, connection: "no" })).rejects.toMatchObject({
      field: "connection",
    });
    await expect(addRoute(user, route)).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeRoute(ctx, { id: "rou_no" })).rejects.toMatchObject({ code: "not_found" });
    await expect(removeRoute(user, { id: "rou_no" })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("prices", () => {
  it("are one for every bucket; what is not given costs as what it is part of", async () => {
    const { models } = await readSnapshot(pool());
    expect(models.get("large")?.price).toMatchObject({
      version: 1,
      inputPico: 5_000_000n,
      cachedInputPico: 5_000_000n,
      cacheWrite5mPico: 6_250_000n,
      cacheWrite1hPico: 6_250_000n,
      outputPico: 4_000_000n,
      reasoningPico: 40_000_000n,
      audioOutputPico: 4_000_000n,
      requestPico: 5_000_000_000n,
    });
  });

  it("come in versions, also from several operators at once, and none in the past", async () => {
    const price = { id: "vectors", inputUsdPerMillion: "1", outputUsdPerMillion: "0" };
    const versions = await Promise.all([setPrice(ctx, price), setPrice(ctx, price), setPrice(ctx, price)]);
    expect(versions.map(({ version }) => version).sort()).toEqual([2, 3, 4]);
    await setPrice(ctx, { ...price, inputUsdPerMillion: "9", validFrom: new Date(Date.now() + 60_000) });
    expect((await readSnapshot(pool())).models.get("vectors")?.price).toMatchObject({
      version: 4,
      inputPico: 1_000_000n,
    });
    await expect(setPrice(ctx, { ...price, validFrom: new Date(0) })).rejects.toMatchObject({
      field: "validFrom",
    });
    await expect(setPrice(ctx, { ...price, id: "no" })).rejects.toMatchObject({ code: "not_found" });
    await expect(setPrice(user, price)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("aliases", () => {
  it("are listed with the best of their models' facts and the highest of their prices", async () => {
    await addAlias(ctx, { id: "auto", models: ["small", "large"], strategy: "cheapest" });
    await addAlias(ctx, { id: "auto/nested", models: ["auto", "small"] });
    const { aliases, models } = await readSnapshot(pool());
    expect(models.has("auto")).toBe(false);
    expect(aliases.get("auto")).toMatchObject({
      kind: "chat",
      strategy: "cheapest",
      contextTokens: 100_000,
      vision: true,
      privacy: false,
      tools: true,
      price: { id: "", inputPico: 5_000_000n, outputPico: 8_000_000n, reasoningPico: 40_000_000n },
    });
    expect(aliases.get("auto")?.targets.map(({ id }) => id)).toEqual(["small", "large"]);
    expect(aliases.get("auto/nested")?.targets.map(({ id }) => id)).toEqual(["small", "large"]);
    const shown = (await listPublicModels()).find(({ id }) => id === "auto");
    expect(shown).toMatchObject({ inputPico: 5_000_000n, aliasOf: ["small", "large"], vision: true });
  });

  it("are changed in place, and leave out what cannot be called", async () => {
    expect(await addAlias(ctx, { id: "auto", models: ["large", "small"], strategy: "fastest" })).toEqual({
      id: "auto",
      added: false,
    });
    await db().model.update({ where: { id: "large" }, data: { enabled: false } });
    const { aliases } = await readSnapshot(pool());
    expect(aliases.get("auto")?.targets.map(({ id }) => id)).toEqual(["small"]);
    await db().model.update({ where: { id: "small" }, data: { enabled: false } });
    expect((await readSnapshot(pool())).aliases.size).toBe(0);
    expect((await listPublicModels()).map(({ id }) => id)).toEqual(["vectors"]);
    await db().model.updateMany({ data: { enabled: true } });
    expect((await listAliases(ctx)).map(({ id, models }) => [id, models])).toEqual([
      ["auto", ["large", "small"]],
      ["auto/nested", ["auto", "small"]],
    ]);
  });

  it("are refused as loops, mixtures, models of their own, or from anyone but an operator", async () => {
    const refused: [() => Promise<unknown>, object][] = [
      [() => addAlias(ctx, { id: "self", models: ["self"] }), { message: "aliasLoop", field: "models" }],
      [() => addAlias(ctx, { id: "auto", models: ["auto/nested"] }), { message: "aliasLoop" }],
      [() => addAlias(ctx, { id: "mixed", models: ["small", "vectors"] }), { message: "aliasMixed" }],
      [() => addAlias(ctx, { id: "small", models: ["large"] }), { code: "conflict", field: "id" }],
      [() => addAlias(ctx, { id: "x", models: ["nowhere"] }), { code: "not_found", field: "models" }],
      [() => addAlias(user, { id: "x", models: ["small"] }), { code: "forbidden" }],
      [() => addModel(ctx, model("auto")), { code: "conflict", field: "id" }],
      [
        () => addRoute(ctx, { model: "auto", connection: "openai", upstreamId: "x" }),
        { message: "aliasHasNoRoutes" },
      ],
      [
        () => setPrice(ctx, { id: "auto", inputUsdPerMillion: "1", outputUsdPerMillion: "1" }),
        { message: "aliasHasNoPrice" },
      ],
      [() => removeAlias(ctx, { id: "small" }), { code: "not_found" }],
      [() => removeAlias(user, { id: "auto" }), { code: "forbidden" }],
    ];
    for (const [act, expected] of refused) await expect(act()).rejects.toMatchObject(expected);
    const loops = await Promise.allSettled([
      addAlias(ctx, { id: "ping", models: ["auto"] }),
      addAlias(ctx, { id: "pong", models: ["auto"] }),
    ]);
    expect(loops.every(({ status }) => status === "fulfilled")).toBe(true);
    const both = await Promise.allSettled([
      addAlias(ctx, { id: "ping", models: ["pong"] }),
      addAlias(ctx, { id: "pong", models: ["ping"] }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("are left out by the gateway, not followed for ever, should a loop get in all the same", async () => {
    await db().aliasTarget.create({ data: { aliasId: "auto", modelId: "auto/nested", position: 9 } });
    const { aliases, models } = await readSnapshot(pool());
    expect([aliases.has("auto"), aliases.has("auto/nested"), models.size]).toEqual([false, false, 3]);
    await removeAlias(ctx, { id: "auto/nested" });
    expect((await readSnapshot(pool())).aliases.has("auto")).toBe(true);
  });
});
