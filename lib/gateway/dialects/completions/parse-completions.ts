import type { Json } from "@/lib/gateway/dialects/api-request";
import { MAX_ANSWERS, MAX_OUTPUT_TOKENS } from "@/lib/gateway/dialects/chat/parse-chat";
import type { BodyScan } from "@/lib/gateway/dialects/chat/scan-body";
import { asksForCost, isObject, parseBody, readBoolean, readModel } from "@/lib/gateway/dialects/read-fields";
import { GatewayError, invalidRequest } from "@/lib/gateway/gateway-error";

/** What the API gives where `max_tokens` is left out. */
const DEFAULT_MAX_TOKENS = 16;

/** One prompt, as text or cut into tokens by the caller. */
export type Prompt = string | readonly number[];

export interface CompletionsFields {
  bytes: Buffer;
  scan: BodyScan;
  /** The whole body, long data cut. */
  body: Json;
  model: string;
  prompts: readonly Prompt[];
  stream: boolean;
  streamOptions: Readonly<Record<string, unknown>> | null;
  includeUsage: boolean;
  includeCost: boolean;
  /** Per answer; 0 only where the prompt is all that is wanted back. */
  maxTokens: number;
  /** Answers to each prompt. */
  n: number;
  suffix: string;
  echo: boolean;
  logprobs: number | null;
}

/**
 * Reads a legacy completion. Wrong types of what is used here are refused by name, unknown fields pass. Throws
 * `invalid_request_error` or `unsupported_capability`. Source: OpenAI API reference, "Create completion".
 */
export function parseCompletions(bytes: Buffer): CompletionsFields {
  const { body, scan } = parseBody(bytes);
  const model = readModel(body);
  if (![undefined, null, "auto", "default"].includes(body.service_tier as string | null | undefined)) {
    throw invalidRequest(
      "service_tier must be auto or default: other tiers have other prices.",
      "service_tier",
    );
  }
  const prompts = readPrompts(body.prompt);
  const n = readCount(body.n, "n", 1, MAX_ANSWERS) ?? 1;
  const bestOf = readCount(body.best_of, "best_of", 1, MAX_ANSWERS) ?? n;
  if (bestOf > n) {
    throw new GatewayError("unsupported_capability", {
      message: "best_of above n makes answers that are paid for and never shown. Ask for them with n.",
      param: "best_of",
    });
  }
  if (bestOf < n) throw invalidRequest("best_of must not be smaller than n.", "best_of");
  if (prompts.length * n > MAX_ANSWERS) {
    throw invalidRequest(`prompt and n ask for more than ${MAX_ANSWERS} answers at once.`, "prompt");
  }
  const echo = readBoolean(body.echo, "echo");
  const streamOptions = readStreamOptions(body.stream_options);
  const includeCost = asksForCost(body);
  return {
    bytes,
    scan,
    body,
    model,
    prompts,
    stream: readBoolean(body.stream, "stream"),
    streamOptions,
    includeUsage: streamOptions?.include_usage === true || includeCost,
    includeCost,
    maxTokens:
      readCount(body.max_tokens, "max_tokens", echo ? 0 : 1, MAX_OUTPUT_TOKENS) ?? DEFAULT_MAX_TOKENS,
    n,
    suffix: readSuffix(body.suffix),
    echo,
    logprobs: readCount(body.logprobs, "logprobs", 0, 20),
  };
}

function readPrompts(prompt: unknown): Prompt[] {
  if (typeof prompt === "string") return [prompt];
  if (Array.isArray(prompt) && prompt.length > 0) {
    if (isTokens(prompt)) return [prompt];
    const prompts = prompt as unknown[];
    const wrong = prompts.findIndex((one) => typeof one !== "string" && !isTokens(one));
    if (wrong < 0) return prompts as Prompt[];
    throw invalidRequest(`prompt[${wrong}] must be a text or a list of tokens.`, `prompt[${wrong}]`);
  }
  throw invalidRequest(
    "prompt must be a text, or a list of texts or tokens with at least one entry.",
    "prompt",
  );
}

function isTokens(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((token) => typeof token === "number" && Number.isInteger(token) && token >= 0)
  );
}

function readCount(value: unknown, name: string, least: number, most: number): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw invalidRequest(`${name} must be a whole number from ${least} to ${most}.`, name);
  }
  return value;
}

function readSuffix(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") throw invalidRequest("suffix must be a text.", "suffix");
  return value;
}

function readStreamOptions(value: unknown): Json | null {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw invalidRequest("stream_options must be an object.", "stream_options");
  readBoolean(value.include_usage, "stream_options.include_usage");
  return value;
}
