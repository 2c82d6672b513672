import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";

/** Statuses by their names, for errors that come without a number. Source: google.rpc.Code. */
const STATUS: Readonly<Record<string, number>> = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  OUT_OF_RANGE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNKNOWN: 500,
  UNAVAILABLE: 503,
  DEADLINE_EXCEEDED: 504,
};

/** The error object of a body, which Google wraps in a list where a stream was asked for. */
export function googleError(body: unknown): Json | null {
  const root: unknown = Array.isArray(body) ? body[0] : body;
  return isObject(root) && isObject(root.error) ? root.error : null;
}

/**
 * The HTTP status that an error of Google's stands for. A key that is wrong or expired, a region or a billing account
 * that Google will not serve all come as 400, though they are the operator's business and not the caller's.
 */
export function statusOfGoogleError(error: Json): number {
  const code = Number(error.code);
  const named = STATUS[String(error.status)];
  const status = Number.isInteger(code) && code >= 400 && code <= 599 ? code : (named ?? 502);
  if (status !== 400) return status;
  const said = JSON.stringify([error.message, error.details]);
  if (/API_KEY_INVALID|API_KEY_EXPIRED|API key (?:not valid|expired)/i.test(said)) return 401;
  return error.status === "FAILED_PRECONDITION" ? 403 : 400;
}

/** An error that came with status 200, or as an event of a stream. */
export function googleFailure(error: Json, text: string): UpstreamFailure {
  return { ...errorBodyFailure(error, text), status: statusOfGoogleError(error) };
}
