import type { Json, RequestImage } from "@/lib/gateway/dialects/api-request";
import { asksForCost, isObject, parseBody, readBoolean, readModel } from "@/lib/gateway/dialects/read-fields";
import { GatewayError, invalidRequest } from "@/lib/gateway/gateway-error";
import { type BodyScan, cutBytes } from "./scan-body";

/** More output than any model gives; a larger `max_tokens` is a mistake. */
export const MAX_OUTPUT_TOKENS = 10_000_000;
/** OpenAI's own bound of `n`. */
export const MAX_ANSWERS = 128;

export type CapField = "max_tokens" | "max_completion_tokens";

/** What the gateway needs to know of a chat completion; everything else passes through unread. */
export interface ChatFields {
  bytes: Buffer;
  scan: BodyScan;
  /** The whole body, long data cut. */
  body: Json;
  model: string;
  messages: readonly ChatMessage[];
  tools: unknown;
  stream: boolean;
  /** What the caller set in stream_options, to add include_usage to it. */
  streamOptions: Readonly<Record<string, unknown>> | null;
  includeUsage: boolean;
  /** `usage: {"include": true}`, as OpenRouter has it: the answer's usage says what it cost. */
  includeCost: boolean;
  /** The caller's output cap per answer and the field or fields it came in. */
  maxTokens: number | null;
  capFields: readonly CapField[];
  answers: number;
  images: readonly RequestImage[];
  hasTools: boolean;
  structured: boolean;
  audioInput: boolean;
  audioOutput: boolean;
}

export type ChatMessage = Readonly<Record<string, unknown>>;

/** State that lives upstream under the operator's account and is shared between tenants. */
const STORED_STATE = ["previous_response_id", "conversation", "background"] as const;
/** Searches and the like that the provider bills apart from tokens. */
const EXTRA_COST = ["web_search_options", "plugins"] as const;
const TIERS = new Set([undefined, null, "auto", "default", "standard_only"]);

/**
 * Reads a chat completion loosely: wrong types of what is used here are refused by name, unknown fields pass.
 * Throws GatewayError `invalid_request_error` or `unsupported_capability`.
 * Source: OpenAI API reference, "Create chat completion".
 */
export function parseChat(bytes: Buffer): ChatFields {
  const { body, scan } = parseBody(bytes);
  const model = readModel(body);
  for (const name of STORED_STATE) {
    if (body[name] !== undefined && body[name] !== null && body[name] !== false) {
      throw invalidRequest(
        `${name} is not supported: this gateway keeps no conversations. Send the messages.`,
        name,
      );
    }
  }
  for (const name of EXTRA_COST) {
    if (body[name] === undefined || body[name] === null) continue;
    throw new GatewayError("unsupported_capability", {
      message: `${name} is not supported here: it is billed apart from tokens.`,
      param: name,
    });
  }
  if (!TIERS.has(body.service_tier as string | null | undefined)) {
    throw invalidRequest(
      "service_tier must be auto or default: other tiers have other prices.",
      "service_tier",
    );
  }

  const messages = readMessages(body.messages);
  const parts = readParts(messages, scan);
  const cap = readCap(body);
  const streamOptions = readStreamOptions(body);
  const modalities = body.modalities;
  const includeCost = asksForCost(body);
  return {
    bytes,
    scan,
    body,
    model,
    messages,
    tools: body.tools ?? body.functions,
    stream: readBoolean(body.stream, "stream"),
    streamOptions,
    includeUsage: streamOptions?.include_usage === true || includeCost,
    includeCost,
    maxTokens: cap.maxTokens,
    capFields: cap.fields,
    answers: readAnswers(body.n),
    images: parts.images,
    hasTools: readTools(body),
    structured: readResponseFormat(body.response_format),
    audioInput: parts.audio,
    audioOutput: Array.isArray(modalities) && modalities.includes("audio"),
  };
}

function readMessages(value: unknown): ChatMessage[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw invalidRequest("messages must be a list with at least one message.", "messages");
  }
  for (let i = 0; i < value.length; i++) {
    const message: unknown = value[i];
    if (!isObject(message)) throw invalidRequest(`messages[${i}] must be an object.`, `messages[${i}]`);
    if (typeof message.role !== "string") {
      throw invalidRequest(`messages[${i}].role must be a text such as "user".`, `messages[${i}].role`);
    }
    const content = message.content;
    if (content !== undefined && content !== null && typeof content !== "string" && !Array.isArray(content)) {
      throw invalidRequest(
        `messages[${i}].content must be a text or a list of parts.`,
        `messages[${i}].content`,
      );
    }
  }
  return value as ChatMessage[];
}

function readParts(
  messages: readonly ChatMessage[],
  scan: BodyScan,
): { images: RequestImage[]; audio: boolean } {
  const images: RequestImage[] = [];
  let audio = false;
  for (let i = 0; i < messages.length; i++) {
    const content = messages[i]?.content;
    if (!Array.isArray(content)) continue;
    for (let j = 0; j < content.length; j++) {
      const part: unknown = content[j];
      const param = `messages[${i}].content[${j}]`;
      if (!isObject(part)) {
        if (typeof part === "string") continue;
        throw invalidRequest(`${param} must be an object.`, param);
      }
      if (part.type === "image_url") images.push(readImage(part.image_url, `${param}.image_url`, scan));
      else if (part.type === "input_audio") audio = true;
      else if (part.type === "file" && isObject(part.file) && typeof part.file.file_id === "string") {
        throw invalidRequest(
          `${param}: files stored at the provider cannot be used. Send its content.`,
          param,
        );
      }
    }
  }
  return { images, audio };
}

function readImage(value: unknown, param: string, scan: BodyScan): RequestImage {
  const url = isObject(value) ? value.url : value;
  if (typeof url !== "string")
    throw invalidRequest(`${param}.url must be a URL or a data URL.`, `${param}.url`);
  return {
    detail: isObject(value) && value.detail === "low" ? "low" : "other",
    cutBytes: cutBytes(scan, url),
    data: url,
  };
}

function readCap(body: Record<string, unknown>): { maxTokens: number | null; fields: CapField[] } {
  const fields: CapField[] = [];
  let maxTokens: number | null = null;
  for (const name of ["max_tokens", "max_completion_tokens"] as const) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > MAX_OUTPUT_TOKENS) {
      throw invalidRequest(`${name} must be a whole number from 1 to ${MAX_OUTPUT_TOKENS}.`, name);
    }
    fields.push(name);
    // Both may be given; which one wins is up to the upstream, so the larger one is what must be covered.
    maxTokens = Math.max(maxTokens ?? 0, value);
  }
  return { maxTokens, fields };
}

function readAnswers(value: unknown): number {
  if (value === undefined || value === null) return 1;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > MAX_ANSWERS) {
    throw invalidRequest(`n must be a whole number from 1 to ${MAX_ANSWERS}.`, "n");
  }
  return value;
}

function readStreamOptions(body: Record<string, unknown>): Record<string, unknown> | null {
  const value = body.stream_options;
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw invalidRequest("stream_options must be an object.", "stream_options");
  readBoolean(value.include_usage, "stream_options.include_usage");
  return value;
}

function readTools(body: Record<string, unknown>): boolean {
  for (const name of ["tools", "functions"] as const) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (!Array.isArray(value)) throw invalidRequest(`${name} must be a list.`, name);
    if (value.length > 0) return true;
  }
  return false;
}

function readResponseFormat(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (!isObject(value)) throw invalidRequest("response_format must be an object.", "response_format");
  return value.type === "json_schema";
}
