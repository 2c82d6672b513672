import { isObject } from "@/lib/gateway/dialects/read-fields";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";

/** What each type of error is as a status. Source: Anthropic API reference, "Errors". */
const STATUS: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  // 529 there, which no other server knows.
  overloaded_error: 503,
};

/** An error event of a stream, or an error body that came with status 200. `text` is the JSON as it came. */
export function anthropicFailure(error: unknown, text: string): UpstreamFailure {
  const type = isObject(error) && typeof error.type === "string" ? error.type : "";
  const status = STATUS[type];
  return errorBodyFailure(status === undefined ? error : { code: status }, text);
}
