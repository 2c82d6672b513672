import type { CatalogModel } from "@/lib/catalog/types";
import { usdPerMillion, usdPerToken } from "@/lib/money";

const PARAMETERS = [
  "max_tokens",
  "max_completion_tokens",
  "temperature",
  "top_p",
  "stop",
  "seed",
  "frequency_penalty",
  "presence_penalty",
  "logprobs",
  "response_format",
];

/** A price for display, as a JSON number of USD per million tokens; nothing is ever charged by it. */
const perMillion = (pico: bigint) => Number(usdPerMillion(pico));

/**
 * One model in a superset of what clients read: OpenAI's and Anthropic's fields, OpenRouter's (`context_length`,
 * `pricing` in USD per token as text, `architecture`, `supported_parameters`) and LobeHub's (`displayName`,
 * `contextWindowTokens`, `functionCall`, `pricing.input` in USD per million as numbers).
 */
export function modelObject(model: CatalogModel): Record<string, unknown> {
  const { price } = model;
  return {
    id: model.id,
    object: "model",
    type: "model",
    created: Math.floor(model.createdAt.getTime() / 1000),
    created_at: model.createdAt.toISOString(),
    owned_by: model.id.includes("/") ? model.id.split("/")[0] : "tollgate",
    name: model.displayName,
    display_name: model.displayName,
    displayName: model.displayName,
    description: model.description,
    enabled: true,
    context_length: model.contextTokens,
    contextWindowTokens: model.contextTokens,
    max_output_tokens: model.maxOutputTokens,
    maxOutput: model.maxOutputTokens,
    architecture: {
      modality: model.vision ? "text+image->text" : "text->text",
      input_modalities: model.vision ? ["text", "image"] : ["text"],
      output_modalities: ["text"],
    },
    top_provider: {
      context_length: model.contextTokens,
      max_completion_tokens: model.maxOutputTokens,
      is_moderated: false,
    },
    supported_parameters: [
      ...PARAMETERS,
      ...(model.tools ? ["tools", "tool_choice"] : []),
      ...(model.structuredOutput ? ["structured_outputs"] : []),
      ...(model.reasoning ? ["reasoning", "include_reasoning"] : []),
    ],
    functionCall: model.tools,
    vision: model.vision,
    reasoning: model.reasoning,
    structuredOutput: model.structuredOutput,
    promptCache: model.promptCache,
    privacy: model.privacy,
    pricing: {
      prompt: usdPerToken(price.inputPico),
      completion: usdPerToken(price.outputPico),
      request: usdPerToken(price.requestPico),
      image: "0",
      input_cache_read: usdPerToken(price.cachedInputPico),
      input_cache_write: usdPerToken(price.cacheWrite5mPico),
      internal_reasoning: usdPerToken(price.reasoningPico),
      currency: "USD",
      input: perMillion(price.inputPico),
      output: perMillion(price.outputPico),
      cachedInput: perMillion(price.cachedInputPico),
      writeCacheInput: perMillion(price.cacheWrite5mPico),
    },
  };
}
