import type { CatalogAlias, CatalogModel } from "@/lib/catalog/types";
import { endpointTypes } from "@/lib/gateway/dialects/pricing-entry";
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
 * `contextWindowTokens`, `functionCall`, `pricing.input` in USD per million as numbers). Of an alias, what its models
 * can do together and the most that a call may cost. `type` is LobeHub's, which sorts models by it; for Anthropic's
 * clients see `anthropicModel`.
 */
export function modelObject(model: CatalogModel | CatalogAlias): Record<string, unknown> {
  const { price } = model;
  const chat = model.kind === "chat";
  const input = ["text", ...(model.vision ? ["image"] : []), ...(model.audio ? ["audio"] : [])];
  const output = chat ? "text" : "embeddings";
  return {
    id: model.id,
    object: "model",
    type: chat ? "chat" : "embedding",
    canonical_slug: model.id,
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
    max_input_tokens: model.contextTokens,
    max_output_tokens: model.maxOutputTokens,
    maxOutput: model.maxOutputTokens,
    architecture: {
      modality: `${input.join("+")}->${output}`,
      input_modalities: input,
      output_modalities: [output],
      tokenizer: "Other",
      instruct_type: null,
    },
    top_provider: {
      context_length: model.contextTokens,
      max_completion_tokens: model.maxOutputTokens,
      is_moderated: false,
    },
    per_request_limits: null,
    supported_parameters: [
      ...(chat ? PARAMETERS : ["dimensions", "encoding_format"]),
      ...(model.tools ? ["tools", "tool_choice"] : []),
      ...(model.structuredOutput ? ["structured_outputs"] : []),
      ...(model.reasoning ? ["reasoning", "include_reasoning"] : []),
    ],
    functionCall: model.tools,
    vision: model.vision,
    reasoning: model.reasoning,
    structuredOutput: model.structuredOutput,
    promptCache: model.promptCache,
    audio: model.audio,
    privacy: model.privacy,
    ...("targets" in model ? { alias_of: model.targets.map(({ id }) => id) } : {}),
    supported_endpoint_types: endpointTypes(model),
    pricing: {
      prompt: usdPerToken(price.inputPico),
      completion: usdPerToken(price.outputPico),
      request: usdPerToken(price.requestPico),
      image: "0",
      image_token: usdPerToken(price.imageInputPico),
      audio: usdPerToken(price.audioInputPico),
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

/** The same for clients that send anthropic-version: there every entry is of the type "model". */
export function anthropicModel(model: Record<string, unknown>): Record<string, unknown> {
  return { ...model, type: "model" };
}
