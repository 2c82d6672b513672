import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeUpstream, json, type Script } from "@/e2e/fakes/upstream";
import { ctx, type GeminiWorld, startGeminiWorld } from "@/e2e/gateway/gemini-world";
import { type Customer, callRows, openHolds, wallet } from "@/e2e/gateway/world";
import { addConnection } from "@/lib/catalog/add-connection";
import { addModel } from "@/lib/catalog/add-model";

const GEMINI = "gemini-embedding-001";
let world: GeminiWorld;
let embedder: FakeUpstream;
let customer: Customer;
let client: OpenAI;

/** What an OpenAI-compatible server answers: 32-bit floats as base64 where they are asked for so. */
const vectors = (more: { usage?: object | null; floats?: boolean } = {}): Script => {
  return ({ body, res }) => {
    const { input, encoding_format: encoding } = body as unknown as {
      input: unknown[];
      encoding_format?: string;
    };
    const usage = more.usage === undefined ? { prompt_tokens: 9, total_tokens: 9 } : more.usage;
    const data = (Array.isArray(input) ? input : [input]).map((_, index) => {
      const bytes = Buffer.alloc(8);
      bytes.writeFloatLE(0.1, 0);
      bytes.writeFloatLE(index, 4);
      const embedding = encoding === "base64" && !more.floats ? bytes.toString("base64") : [0.1, index];
      return { object: "embedding", index, embedding };
    });
    json(
      res,
      200,
      `${JSON.stringify({ object: "list", model: "embed-2026", data, ...(usage ? { usage } : {}) })} `,
    );
  };
};

beforeAll(async () => {
  embedder = await new FakeUpstream().start();
  embedder.scripts.embed = vectors();
  embedder.scripts["embed-silent"] = vectors({ usage: null });
  embedder.scripts["embed-floats"] = vectors({ floats: true });
  const connection = { kind: "openai-compatible", url: embedder.url, allowPrivate: true } as const;
  await addConnection(ctx, { name: "embedder", ...connection });
  for (const id of ["embed", "embed-silent", "embed-floats", "status-429"]) {
    const facts = { inputUsdPerMillion: "1", outputUsdPerMillion: "0", contextTokens: 8_192 };
    await addModel(ctx, { id, kind: "embeddings", connection: "embedder", upstreamId: id, ...facts });
  }
  await addConnection(ctx, {
    name: "azure",
    kind: "azure",
    url: `${new URL(embedder.url).origin}/openai/deployments/embed`,
    apiVersion: "2026-06-01",
    key: "azure-key",
    allowPrivate: true,
  });
  await addModel(ctx, {
    id: "embed-azure",
    kind: "embeddings",
    connection: "azure",
    upstreamId: "embed",
    inputUsdPerMillion: "1",
    outputUsdPerMillion: "0",
    contextTokens: 8_192,
  });
  world = await startGeminiWorld([GEMINI, "gemini-3.5-flash"]);
  customer = await world.customer();
  client = new OpenAI({ baseURL: world.baseUrl, apiKey: customer.secret, maxRetries: 0 });
});
afterAll(async () => {
  await world.stop();
  await embedder.stop();
});

const lastRow = async () => (await callRows(customer.workspaceId)).at(-1);
const ask = (body: object) =>
  fetch(`${world.baseUrl}/embeddings`, {
    method: "POST",
    headers: { authorization: `Bearer ${customer.secret}` },
    body: JSON.stringify({ model: "embed", input: "hi", ...body }),
  });

describe("embeddings of an OpenAI-compatible upstream", () => {
  it("reach the official SDK, which asks for base64, at the exact price", async () => {
    const before = await wallet(customer.workspaceId);
    const { data, usage } = await client.embeddings.create({ model: "embed", input: ["a", "b"] });
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [Math.fround(0.1), 0],
      [Math.fround(0.1), 1],
    ]);
    expect(usage).toEqual({ prompt_tokens: 9, total_tokens: 9 });
    expect(embedder.seen.at(-1)?.body).toEqual({
      model: "embed",
      input: ["a", "b"],
      encoding_format: "base64",
    });
    expect(await lastRow()).toMatchObject({
      outcome: "ok",
      input_tokens: 9n,
      output_tokens: 0n,
      cost_nano: 9_000n,
      measured: true,
      streamed: false,
      dialect: "embeddings",
    });
    const after = await wallet(customer.workspaceId);
    expect([before.balance - after.balance, after.reserved]).toEqual([9_000n, 0n]);
  });

  it("pass byte for byte both ways", async () => {
    const raw = '{ "input":"h\\u00e9","model":"embed" ,"truncate":1.0}';
    const response = await fetch(`${world.baseUrl}/embeddings`, {
      method: "POST",
      headers: { authorization: `Bearer ${customer.secret}` },
      body: raw,
    });
    expect(response.headers.get("x-request-cost")).toBe("0.000009");
    expect((await response.text()).endsWith("} ")).toBe(true);
    expect(embedder.seen.at(-1)?.raw).toBe(raw);
  });

  it("are counted where the upstream tells no usage, tokens as they are", async () => {
    await ask({ model: "embed-silent", input: [[1, 2, 3, 4, 5, 6, 7]] });
    expect(await lastRow()).toMatchObject({ input_tokens: 10n, measured: false });
    await ask({ model: "embed-silent", input: "Hello world" });
    expect(await lastRow()).toMatchObject({ input_tokens: 5n, measured: false });
  });

  it("come as they were asked for also where an upstream knows only one way", async () => {
    const base64 = await (await ask({ model: "embed-floats", encoding_format: "base64" })).json();
    expect(typeof base64.data[0].embedding).toBe("string");
    const { data } = await client.embeddings.create({ model: "embed-floats", input: "a" });
    expect(data[0]?.embedding).toEqual([Math.fround(0.1), 0]);
  });

  it("say what they cost where that is asked for", async () => {
    const { usage } = await (await ask({ usage: { include: true } })).json();
    expect(usage).toEqual({ prompt_tokens: 9, total_tokens: 9, cost: 0.000009 });
    expect(embedder.seen.at(-1)?.body).not.toHaveProperty("usage");
  });

  it("come from Azure's deployments, too", async () => {
    const { data } = await client.embeddings.create({ model: "embed-azure", input: "a" });
    expect(data[0]?.embedding).toEqual([Math.fround(0.1), 0]);
    expect(embedder.seen.at(-1)?.headers).toMatchObject({ "api-key": "azure-key" });
    expect(await lastRow()).toMatchObject({ outcome: "ok", cost_nano: 9_000n });
  });

  it("fail as everything does", async () => {
    expect((await ask({ model: "status-429" })).status).toBe(503);
    const chats = await ask({ model: "gemini-3.5-flash" });
    expect([chats.status, (await chats.json()).error.param]).toEqual([400, "model"]);
    const wrong = await ask({ input: ["a", 5] });
    expect([wrong.status, (await wrong.json()).error]).toMatchObject([400, { param: "input[1]" }]);
    const unpaid = await world.customer(0n);
    const broke = await fetch(`${world.baseUrl}/embeddings`, {
      method: "POST",
      headers: { authorization: `Bearer ${unpaid.secret}` },
      body: JSON.stringify({ model: "embed", input: "a" }),
    });
    expect([broke.status, (await broke.json()).error.code]).toEqual([403, "insufficient_quota"]);
    expect(await openHolds()).toBe(0);
  });
});

describe("embeddings of Gemini's", () => {
  it("reach the official SDK as those of OpenAI do", async () => {
    const { data, model, usage } = await client.embeddings.create({
      model: GEMINI,
      input: ["abc", "defgh"],
      dimensions: 2,
    });
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [3, 0],
      [5, 0.25],
    ]);
    expect(model).toBe(GEMINI);
    // Google tells no usage here.
    const row = await lastRow();
    expect(row).toMatchObject({ outcome: "ok", measured: false, streamed: false });
    expect(BigInt(usage.prompt_tokens)).toBe(row?.input_tokens);
    expect(world.gemini.seen.at(-1)).toMatchObject({
      url: `/v1beta/models/${GEMINI}:batchEmbedContents`,
      body: { requests: [{ outputDimensionality: 2 }, {}] },
    });
  });

  it("come as numbers where they are asked for so", async () => {
    const { data } = await (await ask({ model: GEMINI, input: "abcd", encoding_format: "float" })).json();
    expect(data).toEqual([{ object: "embedding", index: 0, embedding: [4, 0] }]);
  });

  it("take no tokens, and say so", async () => {
    const response = await ask({ model: GEMINI, input: [1, 2] });
    expect([response.status, (await response.json()).error]).toMatchObject([
      400,
      { code: "unsupported_capability", param: "input" },
    ]);
    expect(await openHolds()).toBe(0);
  });
});
