import type { Json, RequestImage } from "@/lib/gateway/dialects/api-request";
import { MAX_OUTPUT_TOKENS } from "@/lib/gateway/dialects/chat/parse-chat";
import type { BodyScan } from "@/lib/gateway/dialects/chat/scan-body";
import { asksForCost, isObject, parseBody, readBoolean, readModel } from "@/lib/gateway/dialects/read-fields";
import { invalidRequest } from "@/lib/gateway/gateway-error";
import { choiceWithoutHosted, itemTools, withoutHosted } from "./hosted-tools";
import { readInput } from "./read-input";

/** What the gateway needs to know of a call to the Responses API; everything else passes through unread. */
export interface ResponsesFields {
  bytes: Buffer;
  scan: BodyScan;
  /** The whole body, long data cut. */
  body: Json;
  model: string;
  items: readonly Json[];
  instructions: string | null;
  /** The caller's tools without those of the provider's, and what tool_choice is then. */
  tools: readonly unknown[];
  toolChoice: unknown;
  hasTools: boolean;
  stream: boolean;
  maxTokens: number | null;
  /** `usage: {"include": true}`, as OpenRouter has it: the answer's usage says what it cost. */
  includeCost: boolean;
  structured: boolean;
  /** Logprobs of the answer's text are wanted. */
  logprobs: boolean;
  images: readonly RequestImage[];
  audioInput: boolean;
}

/** State that lives upstream under the operator's account and is shared between tenants, and what to do instead. */
const STORED_STATE: readonly (readonly [string, string])[] = [
  [
    "previous_response_id",
    "this gateway keeps no conversations. Send the whole conversation in input, and set store to false in your client.",
  ],
  ["conversation", "this gateway keeps no conversations. Send the whole conversation in input."],
  ["background", "answers are not kept here. Leave it out, and stream long answers."],
  ["prompt", "prompts stored at the provider cannot be used. Send instructions and input."],
];

/** Fields of the chat dialect that people carry over, and what they are called here. */
const CHAT_FIELDS: readonly (readonly [string, string])[] = [
  ["max_tokens", "max_output_tokens"],
  ["max_completion_tokens", "max_output_tokens"],
  ["response_format", "text.format"],
];

/**
 * Reads a call to the Responses API loosely: wrong types of what is used here are refused by name, unknown fields
 * pass. Throws GatewayError `invalid_request_error` or `unsupported_capability`.
 * Source: OpenAI API reference, "Create a model response".
 */
export function parseResponses(bytes: Buffer): ResponsesFields {
  const { body, scan } = parseBody(bytes);
  const model = readModel(body);
  refuseFields(body);
  const { items, images, audio } = readInput(body.input, scan);
  const tools = readTools(body.tools);
  const own = withoutHosted(tools) ?? tools;
  const anyTools = own.length > 0 || items.some((item) => (itemTools(item)?.length ?? 0) > 0);
  return {
    bytes,
    scan,
    body,
    model,
    items,
    instructions: readInstructions(body.instructions),
    tools: own,
    toolChoice: choiceWithoutHosted(body.tool_choice, anyTools),
    hasTools: anyTools,
    stream: readBoolean(body.stream, "stream"),
    maxTokens: readCap(body.max_output_tokens),
    includeCost: asksForCost(body),
    structured: readFormat(body.text),
    logprobs: readLogprobs(body),
    images,
    audioInput: audio,
  };
}

function refuseFields(body: Json): void {
  for (const [name, instead] of STORED_STATE) {
    if (body[name] === undefined || body[name] === null || body[name] === false) continue;
    throw invalidRequest(`${name} is not supported: ${instead}`, name);
  }
  if (body.input === undefined && body.messages !== undefined) {
    throw invalidRequest("messages belong to /v1/chat/completions. Here they are called input.", "messages");
  }
  for (const [name, here] of CHAT_FIELDS) {
    if (body[name] === undefined || body[name] === null) continue;
    throw invalidRequest(`${name} belongs to /v1/chat/completions. Here it is called ${here}.`, name);
  }
  if (body.n !== undefined && body.n !== null && body.n !== 1) {
    throw invalidRequest("n is not supported: a response is one answer.", "n");
  }
  if (![undefined, null, "auto", "default"].includes(body.service_tier as string | null | undefined)) {
    throw invalidRequest(
      "service_tier must be auto or default: other tiers have other prices.",
      "service_tier",
    );
  }
  readBoolean(body.store, "store");
}

function readInstructions(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw invalidRequest("instructions must be a text.", "instructions");
  return value;
}

function readTools(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalidRequest("tools must be a list.", "tools");
  for (let i = 0; i < value.length; i++) {
    if (!isObject(value[i])) throw invalidRequest(`tools[${i}] must be an object.`, `tools[${i}]`);
  }
  return value;
}

function readCap(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > MAX_OUTPUT_TOKENS) {
    throw invalidRequest(
      `max_output_tokens must be a whole number from 1 to ${MAX_OUTPUT_TOKENS}.`,
      "max_output_tokens",
    );
  }
  return value;
}

function readFormat(text: unknown): boolean {
  if (text === undefined || text === null) return false;
  if (!isObject(text)) throw invalidRequest("text must be an object.", "text");
  if (text.format === undefined || text.format === null) return false;
  if (!isObject(text.format)) throw invalidRequest("text.format must be an object.", "text.format");
  return text.format.type === "json_schema";
}

function readLogprobs(body: Json): boolean {
  const { include, top_logprobs: top } = body;
  if (include !== undefined && include !== null && !Array.isArray(include)) {
    throw invalidRequest("include must be a list.", "include");
  }
  if (Array.isArray(include) && include.includes("message.output_text.logprobs")) return true;
  return typeof top === "number" && top > 0;
}
