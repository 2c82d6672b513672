import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";

/** The statuses that OpenAI's error codes have where they come before a stream. The others are its own faults. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  rate_limit_exceeded: 429,
  insufficient_quota: 429,
  invalid_api_key: 401,
  model_not_found: 404,
  server_error: 500,
  server_is_overloaded: 503,
  slow_down: 503,
  context_length_exceeded: 400,
  invalid_prompt: 400,
  invalid_request_error: 400,
  bio_policy: 400,
  cyber_policy: 400,
  data_residency_mismatch: 400,
};

function statusOf({ code, type, status }: Json): unknown {
  for (const name of [code, type]) {
    if (typeof name !== "string") continue;
    const known = STATUS_BY_CODE[name];
    if (known !== undefined) return known;
    // Every picture that it cannot use: invalid_image, image_too_large, unsupported_image_media_type, ...
    if (/image/.test(name)) return 400;
  }
  return typeof code === "number" ? code : status;
}

/**
 * Why a response failed: `response.failed`, an `error` event, or the error of a plain body. Source: OpenAI API
 * reference, "The response object", `error`, and "Streaming events", `error`.
 */
export function responsesFailure(error: unknown): UpstreamFailure {
  const found = isObject(error) ? error : { message: String(error) };
  const text = JSON.stringify({ error: found });
  return errorBodyFailure({ ...found, code: statusOf(found) }, text);
}
