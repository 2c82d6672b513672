import type { CatalogModel, CatalogRoute } from "@/lib/catalog/types";

/** A route for tests of pure functions, which never reach its address. */
export function aRoute(id: string, more: Partial<CatalogRoute> = {}): CatalogRoute {
  return {
    id,
    upstreamId: `model-${id}`,
    priority: 0,
    weight: 1,
    inputCostPico: 0n,
    outputCostPico: 0n,
    connection: {
      id: `con_${id}`,
      name: `con-${id}`,
      kind: "openai_compatible",
      baseUrl: "https://upstream.example/v1",
      apiVersion: null,
      key: "sk-upstreamsecret1",
      headers: {},
      dialects: new Set(["chat", "embeddings"]),
      allowPrivate: false,
      firstByteTimeoutMs: 60_000,
      plainTimeoutMs: 600_000,
      idleTimeoutMs: 60_000,
    },
    firstByteTimeoutMs: 60_000,
    idleTimeoutMs: 60_000,
    ...more,
  };
}

/** A model for tests of pure functions; $1 and $2 per million tokens. */
export function aModel(id: string, more: Partial<CatalogModel> = {}): CatalogModel {
  return {
    id,
    kind: "chat",
    displayName: id,
    description: "",
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    tools: true,
    vision: false,
    promptCache: false,
    reasoning: false,
    structuredOutput: false,
    audio: false,
    privacy: false,
    sort: 0,
    createdAt: new Date(0),
    strategy: "priority",
    routes: [aRoute(`${id}-1`)],
    ...more,
    price: {
      id: `pri_${id}`,
      version: 1,
      inputPico: 1_000_000n,
      cachedInputPico: 1_000_000n,
      cacheWrite5mPico: 1_000_000n,
      cacheWrite1hPico: 1_000_000n,
      outputPico: 2_000_000n,
      reasoningPico: 2_000_000n,
      audioInputPico: 1_000_000n,
      audioOutputPico: 2_000_000n,
      imageInputPico: 1_000_000n,
      requestPico: 0n,
      ...more.price,
    },
  };
}
