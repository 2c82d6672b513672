import type { CatalogAlias, CatalogModel } from "@/lib/catalog/types";
import { usdExact, usdPerMillion } from "@/lib/money";

/** Endpoints by new-api's names for them, with our paths. */
export const PRICING_ENDPOINTS = {
  openai: { path: "/v1/chat/completions", method: "POST" },
  "openai-response": { path: "/v1/responses", method: "POST" },
  anthropic: { path: "/v1/messages", method: "POST" },
  embeddings: { path: "/v1/embeddings", method: "POST" },
} as const;

/** What a ratio of 1 costs there, USD per million input tokens. */
const UNIT_USD = 2;

/** For display; nothing is ever charged by it. */
const perMillion = (pico: bigint) => Number(usdPerMillion(pico));
/** Without the tail that binary fractions leave. */
const ratio = (part: bigint, whole: bigint) => Number((Number(part) / Number(whole)).toPrecision(12));

/**
 * A model's price in new-api's terms, which LobeHub's `newapi` provider multiplies out again: input costs
 * `model_ratio` times $2 per million, output `completion_ratio` times input, cached input `cache_ratio` times input.
 * Only `openai` is named for chat models: any other name would move LobeHub to another vendor's SDK. A model that
 * costs by the call alone has quota type 1. Source: QuantumNous/new-api, model/pricing.go; LobeHub,
 * packages/model-runtime/src/providers/newapi.
 */
export function pricingEntry(model: CatalogModel | CatalogAlias): Record<string, unknown> {
  const { price } = model;
  const byCall = price.inputPico === 0n && price.outputPico === 0n && price.requestPico > 0n;
  const part = (pico: bigint) => (price.inputPico === 0n ? 1 : ratio(pico, price.inputPico));
  return {
    model_name: model.id,
    description: model.description,
    tags: "",
    quota_type: byCall ? 1 : 0,
    model_ratio: perMillion(price.inputPico) / UNIT_USD,
    model_price: byCall ? Number(usdExact(price.requestPico / 1_000n)) : 0,
    owner_by: "",
    completion_ratio: part(price.outputPico),
    cache_ratio: part(price.cachedInputPico),
    create_cache_ratio: part(price.cacheWrite5mPico),
    enable_groups: ["default"],
    supported_endpoint_types: endpointTypes(model),
  };
}

/** The endpoints at which clients that go by new-api's names should call a model. */
export function endpointTypes(model: { kind: string }): (keyof typeof PRICING_ENDPOINTS)[] {
  return [model.kind === "embeddings" ? "embeddings" : "openai"];
}
