import type { Json } from "@/lib/gateway/dialects/api-request";
import { type BodyScan, scanBody, skeletonText } from "@/lib/gateway/dialects/chat/scan-body";
import { invalidRequest } from "@/lib/gateway/gateway-error";

/** Deeper than any schema or tool call; a body of nothing but brackets would end in somebody's stack. */
const MAX_DEPTH = 256;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A body as its dialect's parser wants it: a JSON object with its long data cut, and the scan of its bytes. Throws
 * `invalid_request_error` for anything else, and for a top-level key that comes twice.
 */
export function parseBody(bytes: Buffer): { body: Json; scan: BodyScan } {
  const scan = scanBody(bytes);
  if (scan.deepest > MAX_DEPTH) {
    throw invalidRequest(`The body is nested more than ${MAX_DEPTH} levels deep.`);
  }
  let body: unknown;
  try {
    body = JSON.parse(skeletonText(bytes, scan));
  } catch {
    throw invalidRequest("The body is not valid JSON.");
  }
  if (!isObject(body)) throw invalidRequest("The body must be a JSON object.");
  if (scan.duplicate !== null) {
    throw invalidRequest(`The field ${quote(scan.duplicate)} comes twice. Send it once.`, scan.duplicate);
  }
  return { body, scan };
}

function quote(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}...` : name);
}

export function readModel(body: Json): string {
  const { model } = body;
  if (typeof model !== "string" || model === "") {
    throw invalidRequest("model must be the id of a model, as GET /v1/models lists them.", "model");
  }
  return model;
}

export function readBoolean(value: unknown, name: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== "boolean") throw invalidRequest(`${name} must be true or false.`, name);
  return value;
}

/** `usage: {"include": true}`, as OpenRouter has it: the answer's usage is to say what it cost. */
export function asksForCost(body: Json): boolean {
  return isObject(body.usage) && body.usage.include === true;
}
