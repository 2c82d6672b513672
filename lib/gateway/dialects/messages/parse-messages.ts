import type { IncomingHttpHeaders } from "node:http";
import type { Json, RequestImage } from "@/lib/gateway/dialects/api-request";
import { MAX_OUTPUT_TOKENS } from "@/lib/gateway/dialects/chat/parse-chat";
import type { BodyScan } from "@/lib/gateway/dialects/chat/scan-body";
import { asksForCost, isObject, parseBody, readBoolean, readModel } from "@/lib/gateway/dialects/read-fields";
import { invalidRequest } from "@/lib/gateway/gateway-error";
import { readContent, readMessages } from "./read-messages";
import { refuseExtras } from "./refuse-extras";

/** What the gateway needs to know of a call in Anthropic's dialect; everything else passes through unread. */
export interface MessagesFields {
  bytes: Buffer;
  scan: BodyScan;
  /** The whole body, long data cut. */
  body: Json;
  model: string;
  messages: readonly Json[];
  stream: boolean;
  /** Null only where none is needed, for counting. */
  maxTokens: number | null;
  images: readonly RequestImage[];
  hasTools: boolean;
  structured: boolean;
  /** Thinking was asked for, so that the caller can be shown some. */
  thinks: boolean;
  /** `usage: {"include": true}`, as OpenRouter has it: the answer's usage says what it cost. */
  includeCost: boolean;
  forward: Readonly<Record<string, string>>;
}

/**
 * Reads a call in Anthropic's dialect loosely: wrong types of what is used here are refused by name, unknown fields
 * pass. `counting` is for count_tokens, which knows no `max_tokens`. Throws GatewayError `invalid_request_error` or
 * `unsupported_capability`. Source: Anthropic API reference, "Messages".
 */
export function parseMessages(bytes: Buffer, headers: IncomingHttpHeaders, counting = false): MessagesFields {
  const { body, scan } = parseBody(bytes);
  const model = readModel(body);
  refuseExtras(body);
  const { messages, images } = readMessages(body.messages, scan);
  if (body.system !== undefined && body.system !== null) readContent(body.system, "system", scan, images);
  return {
    bytes,
    scan,
    body,
    model,
    messages,
    stream: readBoolean(body.stream, "stream"),
    maxTokens: counting ? null : readCap(body.max_tokens),
    images,
    hasTools: readTools(body.tools),
    structured: readFormat(body),
    thinks: readThinking(body.thinking),
    includeCost: asksForCost(body),
    forward: readForward(headers),
  };
}

function readCap(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MAX_OUTPUT_TOKENS) {
    return value;
  }
  throw invalidRequest(`max_tokens must be a whole number from 1 to ${MAX_OUTPUT_TOKENS}.`, "max_tokens");
}

function readTools(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (!Array.isArray(value)) throw invalidRequest("tools must be a list.", "tools");
  for (const [at, tool] of (value as unknown[]).entries()) {
    if (!isObject(tool)) throw invalidRequest(`tools.${at} must be an object.`, `tools.${at}`);
    if (typeof tool.name !== "string" || tool.name === "") {
      throw invalidRequest(`tools.${at}.name must be a text.`, `tools.${at}.name`);
    }
  }
  return value.length > 0;
}

/** A JSON schema for the answer, in its place of now or of the beta. */
function readFormat(body: Json): boolean {
  const config = body.output_config;
  if (config !== undefined && config !== null && !isObject(config)) {
    throw invalidRequest("output_config must be an object.", "output_config");
  }
  const format = (isObject(config) ? config.format : null) ?? body.output_format;
  if (format === undefined || format === null) return false;
  if (!isObject(format))
    throw invalidRequest("output_config.format must be an object.", "output_config.format");
  return format.type === "json_schema";
}

function readThinking(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (!isObject(value)) throw invalidRequest("thinking must be an object.", "thinking");
  return value.type === "enabled" || value.type === "adaptive";
}

const FORWARDED = ["anthropic-version", "anthropic-beta"] as const;
const MAX_HEADER_CHARS = 4_096;

/** The headers that belong to the body: an open list, handed on as they are. */
function readForward(headers: IncomingHttpHeaders): Record<string, string> {
  const forward: Record<string, string> = {};
  for (const name of FORWARDED) {
    const value = headers[name];
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text === undefined || text === "") continue;
    if (text.length > MAX_HEADER_CHARS || !/^[\x20-\x7e]+$/.test(text)) {
      throw invalidRequest(`The header ${name} is not valid.`);
    }
    forward[name] = text;
  }
  return forward;
}
