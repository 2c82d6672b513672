import { expect, it } from "vitest";
import { aModel } from "@/lib/gateway/routing/test-route";
import { anthropicModel, modelObject } from "./model-object";
import { pricingEntry } from "./pricing-entry";

const model = aModel("openai/gpt-4o", {
  displayName: "GPT-4o",
  vision: true,
  audio: true,
  createdAt: new Date("2026-11-21T00:00:00Z"),
});
const priced = { ...model, price: { ...model.price, inputPico: 37_500n, cachedInputPico: 18_750n } };

it("has what OpenAI's, OpenRouter's and LobeHub's clients read", () => {
  expect(modelObject(priced)).toMatchObject({
    id: "openai/gpt-4o",
    object: "model",
    created: 1_795_219_200,
    owned_by: "openai",
    name: "GPT-4o",
    display_name: "GPT-4o",
    context_length: 128_000,
    architecture: {
      modality: "text+image+audio->text",
      input_modalities: ["text", "image", "audio"],
      output_modalities: ["text"],
    },
    top_provider: { max_completion_tokens: 16_384 },
    // LobeHub sorts models by their type, and would show none of another.
    type: "chat",
    displayName: "GPT-4o",
    functionCall: true,
    pricing: {
      prompt: "0.0000000375",
      completion: "0.000002",
      input_cache_read: "0.00000001875",
      input: 0.0375,
      output: 2,
      currency: "USD",
    },
    supported_endpoint_types: ["openai"],
  });
  expect(modelObject(aModel("e", { kind: "embeddings", tools: false }))).toMatchObject({
    type: "embedding",
    owned_by: "tollgate",
    functionCall: false,
    architecture: { modality: "text->embeddings" },
    supported_parameters: ["dimensions", "encoding_format"],
    supported_endpoint_types: ["embeddings"],
  });
});

it("is of the type that Anthropic's clients know", () => {
  expect(anthropicModel(modelObject(priced))).toMatchObject({
    type: "model",
    id: "openai/gpt-4o",
    display_name: "GPT-4o",
    created_at: "2026-11-21T00:00:00.000Z",
  });
});

it("gives new-api's ratios, which multiply out to the price", () => {
  const entry = pricingEntry(priced) as Record<string, number>;
  expect(entry).toMatchObject({ model_name: "openai/gpt-4o", quota_type: 0, model_price: 0 });
  expect((entry.model_ratio ?? 0) * 2).toBe(0.0375);
  expect((entry.model_ratio ?? 0) * 2 * (entry.completion_ratio ?? 0)).toBeCloseTo(2, 9);
  expect(entry.cache_ratio).toBe(0.5);
  const free = { ...model, price: { ...model.price, inputPico: 0n, outputPico: 0n, cachedInputPico: 0n } };
  expect(pricingEntry(free)).toMatchObject({ quota_type: 0, model_ratio: 0, completion_ratio: 1 });
  const byCall = { ...free, price: { ...free.price, requestPico: 5_000_000_000n } };
  expect(pricingEntry(byCall)).toMatchObject({ quota_type: 1, model_price: 0.005 });
});
