import type { Json } from "@/lib/gateway/dialects/api-request";
import type { BodyScan } from "@/lib/gateway/dialects/chat/scan-body";
import { asksForCost, parseBody, readBoolean, readModel } from "@/lib/gateway/dialects/read-fields";
import { invalidRequest } from "@/lib/gateway/gateway-error";

/** OpenAI's own bound of inputs in one call. */
const MAX_INPUTS = 2_048;
const MAX_DIMENSIONS = 65_536;

/** One text, or one text that the caller has cut into tokens. */
export type EmbeddingInput = string | readonly number[];

export interface EmbeddingsFields {
  bytes: Buffer;
  scan: BodyScan;
  /** The whole body, long data cut. */
  body: Json;
  model: string;
  inputs: readonly EmbeddingInput[];
  /** The official SDKs ask for base64 and decode it themselves. */
  encoding: "float" | "base64";
  dimensions: number | null;
  includeCost: boolean;
}

/**
 * Reads a call for embeddings: a text, a list of texts, a list of tokens or a list of such lists. Throws
 * `invalid_request_error`, naming the field. Source: OpenAI API reference, "Create embeddings".
 */
export function parseEmbeddings(bytes: Buffer): EmbeddingsFields {
  const { body, scan } = parseBody(bytes);
  const model = readModel(body);
  if (readBoolean(body.stream, "stream")) throw invalidRequest("Embeddings cannot be streamed.", "stream");
  return {
    bytes,
    scan,
    body,
    model,
    inputs: readInputs(body.input),
    encoding: readEncoding(body.encoding_format),
    dimensions: readDimensions(body.dimensions),
    includeCost: asksForCost(body),
  };
}

function readInputs(input: unknown): EmbeddingInput[] {
  if (typeof input === "string") return [readText(input, "input")];
  if (!Array.isArray(input) || input.length === 0) {
    throw invalidRequest(
      "input must be a text, or a list of texts or tokens with at least one entry.",
      "input",
    );
  }
  if (typeof input[0] === "number") return [readTokens(input, "input")];
  if (input.length > MAX_INPUTS) {
    throw invalidRequest(`input has ${input.length} entries; at most ${MAX_INPUTS} are allowed.`, "input");
  }
  return (input as unknown[]).map((one, at) => {
    const param = `input[${at}]`;
    if (typeof one === "string") return readText(one, param);
    if (Array.isArray(one) && one.length > 0) return readTokens(one, param);
    throw invalidRequest(`${param} must be a text or a list of tokens.`, param);
  });
}

function readText(text: string, param: string): string {
  if (text === "") throw invalidRequest(`${param} must not be empty.`, param);
  return text;
}

function readTokens(tokens: unknown[], param: string): number[] {
  const wrong = tokens.findIndex(
    (token) => typeof token !== "number" || !Number.isInteger(token) || token < 0 || token > 0x7fffffff,
  );
  if (wrong >= 0)
    throw invalidRequest(`${param}[${wrong}] must be a token, a whole number.`, `${param}[${wrong}]`);
  return tokens as number[];
}

function readEncoding(value: unknown): "float" | "base64" {
  if (value === undefined || value === null) return "float";
  if (value === "float" || value === "base64") return value;
  throw invalidRequest("encoding_format must be float or base64.", "encoding_format");
}

function readDimensions(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MAX_DIMENSIONS)
    return value;
  throw invalidRequest(`dimensions must be a whole number from 1 to ${MAX_DIMENSIONS}.`, "dimensions");
}
