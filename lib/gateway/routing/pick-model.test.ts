import { beforeEach, describe, expect, it } from "vitest";
import { buildAliases } from "@/lib/catalog/build-aliases";
import type { CatalogAlias, CatalogModel } from "@/lib/catalog/types";
import { scanBody } from "@/lib/gateway/dialects/chat/scan-body";
import { RouteHealth } from "@/lib/gateway/routing/route-health";
import { aModel, aRoute } from "@/lib/gateway/routing/test-route";
import type { RouteStrategy } from "@/prisma/generated/client";
import { type ModelWish, pickModel } from "./pick-model";

const priced = (id: string, inputPico: bigint, outputPico: bigint, more: Partial<CatalogModel> = {}) => {
  const model = aModel(id, more);
  return { ...model, price: { ...model.price, inputPico, outputPico } };
};
const small = priced("small", 1n, 9n);
const dear = priced("dear", 9n, 9n, { vision: true, structuredOutput: true, audio: true });
const cheap = priced("cheap", 2n, 4n, { tools: false, routes: [aRoute("cheap-1"), aRoute("cheap-2")] });
const vectors = priced("vectors", 0n, 0n, { kind: "embeddings", tools: false });

function aliasOf(strategy: RouteStrategy, ...models: CatalogModel[]): CatalogAlias {
  const built = buildAliases(
    [{ facts: aModel("auto"), strategy }],
    models.map(({ id }) => ({ aliasId: "auto", modelId: id })),
    new Map(models.map((model) => [model.id, model])),
  ).get("auto");
  if (!built) throw new Error("no alias");
  return built;
}
const PLAIN: ModelWish["request"] = {
  dialect: "chat",
  stream: true,
  images: [],
  hasTools: false,
  structured: false,
  audioInput: false,
  audioOutput: false,
  bytes: Buffer.from("{}"),
  scan: scanBody(Buffer.from("{}")),
  maxTokens: null,
};
let health: RouteHealth;
const wish = (more: Partial<ModelWish["request"]> = {}): ModelWish => ({
  request: { ...PLAIN, ...more },
  health,
});
const open = (model: CatalogModel) => {
  for (const route of model.routes) for (let i = 0; i < 5; i++) health.fail(route);
};

beforeEach(() => {
  health = new RouteHealth({ now: () => 0 });
});

describe("the model that an alias picks", () => {
  it("is the first, the cheapest to the caller, or the quickest", () => {
    expect(pickModel(aliasOf("priority", dear, small, cheap), wish()).id).toBe("dear");
    // 3 in and 1 out: small costs 12, cheap 10, dear 36.
    expect(pickModel(aliasOf("cheapest", dear, small, cheap), wish()).id).toBe("cheap");
    const quickest = aliasOf("fastest", dear, small, cheap);
    for (const [model, ms] of [
      [dear, 300],
      [small, 200],
    ] as const)
      for (const route of model.routes) health.succeed(route, true, ms);
    // What has not been measured is measured first.
    expect(pickModel(quickest, wish()).id).toBe("cheap");
    for (const [at, route] of cheap.routes.entries()) health.succeed(route, true, 900 - at * 750);
    expect(pickModel(quickest, wish()).id).toBe("cheap");
    for (const route of small.routes) for (let i = 0; i < 20; i++) health.succeed(route, true, 10);
    expect(pickModel(quickest, wish()).id).toBe("small");
  });

  it("can do what the call needs", () => {
    const alias = aliasOf("cheapest", cheap, small, dear);
    expect(pickModel(alias, wish({ hasTools: true })).id).toBe("small");
    expect(pickModel(alias, wish({ images: [{ detail: "low", cutBytes: 9 }] as never })).id).toBe("dear");
    expect(pickModel(alias, wish({ structured: true })).id).toBe("dear");
    expect(pickModel(alias, wish({ audioOutput: true })).id).toBe("dear");
    expect(pickModel(aliasOf("priority", vectors), wish({ dialect: "embeddings" })).id).toBe("vectors");
  });

  it("is the first where none can, so that what it cannot do is refused by name", () => {
    expect(pickModel(aliasOf("cheapest", small, cheap), wish({ structured: true })).id).toBe("small");
    expect(pickModel(aliasOf("cheapest", small), wish({ dialect: "embeddings" })).id).toBe("small");
  });

  it("has room for what is sent and asked for, without what images weigh", () => {
    const short = priced("short", 1n, 1n, { contextTokens: 1_000 });
    const alias = aliasOf("cheapest", short, small);
    const body = (text: string) => {
      const bytes = Buffer.from(JSON.stringify({ model: "auto", text }));
      return { bytes, scan: scanBody(bytes) };
    };
    expect(pickModel(alias, wish(body("word ".repeat(700)))).id).toBe("short");
    expect(pickModel(alias, wish(body("word ".repeat(900)))).id).toBe("small");
    expect(pickModel(alias, wish({ ...body("word ".repeat(700)), maxTokens: 500 })).id).toBe("small");
    expect(pickModel(alias, wish(body(`data:image/png;base64,${"A".repeat(100_000)}`))).id).toBe("short");
    // Too much for any: the choice is made as if it were not.
    expect(pickModel(alias, wish(body("word ".repeat(900_000)))).id).toBe("short");
  });

  it("has a sound route, unless none has", () => {
    const alias = aliasOf("priority", small, dear);
    open(small);
    expect(pickModel(alias, wish()).id).toBe("dear");
    open(dear);
    expect(pickModel(alias, wish()).id).toBe("small");
    // One sound route of several is enough.
    const [first] = cheap.routes;
    if (first) for (let i = 0; i < 5; i++) health.fail(first);
    expect(pickModel(aliasOf("priority", cheap, small), wish()).id).toBe("cheap");
  });

  it("is the first for whoever asks for no call", () => {
    expect(pickModel(aliasOf("cheapest", dear, small)).id).toBe("dear");
  });
});
