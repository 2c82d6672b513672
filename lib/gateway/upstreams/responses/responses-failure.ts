import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";

/** OpenAI's error codes that only this API has, with the statuses that they have before a stream. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  server_is_overloaded: 503,
  slow_down: 503,
  bio_policy: 400,
  cyber_policy: 400,
  data_residency_mismatch: 400,
};

function statusOf(error: Json): number | undefined {
  const { code } = error;
  if (typeof code !== "string") return undefined;
  // Every picture that it cannot use: invalid_image, image_too_large, unsupported_image_media_type, ...
  return STATUS_BY_CODE[code] ?? (code.includes("image") ? 400 : undefined);
}

/**
 * Why a response failed: `response.failed`, an `error` event, or the error of a plain body. Source: OpenAI API
 * reference, "The response object", `error`, and "Streaming events", `error`.
 */
export function responsesFailure(error: unknown): UpstreamFailure {
  const found = isObject(error) ? error : { message: String(error) };
  const text = JSON.stringify({ error: found });
  const status = statusOf(found);
  return errorBodyFailure(status === undefined ? found : { ...found, status_code: status }, text);
}
