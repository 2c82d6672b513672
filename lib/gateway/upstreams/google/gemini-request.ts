import type { Json, RewriteTo } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { toGeminiContents } from "./gemini-contents";
import { isImage } from "./gemini-media";
import { type GeminiModel, readGeminiModel } from "./gemini-model";
import { cleanSchema } from "./gemini-schema";
import { toThinkingConfig } from "./gemini-thinking";
import { toGeminiTools } from "./gemini-tools";

/** Source: Gemini API reference, GenerationConfig. */
const MOST_ANSWERS = 8;
const MOST_STOPS = 5;
const MOST_SEED = 2_147_483_647;

function refuse(message: string, param: string): never {
  throw new GatewayError("unsupported_capability", { message, param });
}

/**
 * A chat completion's body as one for generateContent. Throws `unsupported_capability` for what Gemini cannot do.
 * Source: Gemini API reference, models.generateContent (v1beta).
 */
export function toGeminiRequest(chat: Json, to: RewriteTo): Json {
  const model = readGeminiModel(to.upstreamId);
  // Both have prices of their own at Google, which the model's prices here do not tell.
  const beyondText = Array.isArray(chat.modalities) && chat.modalities.find((one) => one !== "text");
  if (beyondText)
    refuse(`This model cannot be asked to answer with ${String(beyondText)} here.`, "modalities");
  const tools = toGeminiTools(chat);
  const generationConfig = toGenerationConfig(chat, to, model);
  if (tools.tools && generationConfig.responseMimeType !== undefined && model.generation < 3) {
    refuse("This model cannot use tools and answer in JSON at once.", "response_format");
  }
  return { ...toGeminiContents(chat.messages, model), ...tools, generationConfig };
}

function toGenerationConfig(chat: Json, to: RewriteTo, model: GeminiModel): Json {
  const config: Json = {};
  const copy = (name: string, value: unknown) => {
    if (typeof value === "number") config[name] = value;
  };
  const cap = to.capTokens ?? chat.max_completion_tokens ?? chat.max_tokens;
  copy("maxOutputTokens", cap);
  copy("temperature", chat.temperature);
  copy("topP", chat.top_p);
  copy("topK", chat.top_k);
  if (typeof chat.seed === "number") config.seed = Math.abs(Math.trunc(chat.seed)) % MOST_SEED;
  // Some models refuse penalties altogether, Gemini 2.5 all of them; zero is what every client sends by default.
  if (chat.presence_penalty !== 0 && model.generation !== 2.5) copy("presencePenalty", chat.presence_penalty);
  if (chat.frequency_penalty !== 0 && model.generation !== 2.5)
    copy("frequencyPenalty", chat.frequency_penalty);
  addStops(chat.stop, config);
  addAnswers(chat.n, config);
  if (chat.logprobs === true) {
    config.responseLogprobs = true;
    copy("logprobs", chat.top_logprobs);
  }
  addFormat(chat.response_format, config);
  const thinkingConfig = to.model.reasoning
    ? toThinkingConfig(chat, model, typeof cap === "number" ? cap : null)
    : null;
  if (thinkingConfig) config.thinkingConfig = thinkingConfig;
  if (model.generation >= 2.5 && onlyLowImages(chat.messages))
    config.mediaResolution = "MEDIA_RESOLUTION_LOW";
  return config;
}

function addStops(stop: unknown, config: Json): void {
  const stops = (Array.isArray(stop) ? (stop as unknown[]) : [stop]).filter(
    (text) => typeof text === "string" && text !== "",
  );
  if (stops.length > MOST_STOPS) refuse(`This model takes at most ${MOST_STOPS} stop sequences.`, "stop");
  if (stops.length > 0) config.stopSequences = stops;
}

function addAnswers(n: unknown, config: Json): void {
  if (typeof n !== "number" || n === 1) return;
  if (n > MOST_ANSWERS) refuse(`This model gives at most ${MOST_ANSWERS} answers at once.`, "n");
  config.candidateCount = n;
}

function addFormat(format: unknown, config: Json): void {
  if (!isObject(format)) return;
  if (format.type === "json_object") config.responseMimeType = "application/json";
  if (format.type !== "json_schema") return;
  config.responseMimeType = "application/json";
  const schema = isObject(format.json_schema) ? format.json_schema.schema : null;
  if (isObject(schema)) config.responseJsonSchema = cleanSchema(schema);
}

/** Whether there are images, and all of them are asked for in low detail; Gemini has one setting for all. */
function onlyLowImages(messages: unknown): boolean {
  let images = 0;
  for (const message of Array.isArray(messages) ? (messages as unknown[]) : []) {
    if (!isObject(message) || !Array.isArray(message.content)) continue;
    for (const part of message.content as unknown[]) {
      if (!isImage(part)) continue;
      images++;
      if (!isObject(part.image_url) || part.image_url.detail !== "low") return false;
    }
  }
  return images > 0;
}
