import type { CatalogRoute } from "@/lib/catalog/types";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { accountFault, connectFault, type UpstreamAlert } from "@/lib/gateway/routing/account-fault";
import { redact, upstreamMessage } from "@/lib/gateway/upstreams/redact";

/** Why one try of one route gave no answer. */
export interface UpstreamFailure {
  failed: true;
  kind: "connect" | "reset" | "timeout" | "status" | "malformed" | "blocked" | "gone" | "unsupported";
  /** For `unsupported`: why this route cannot be asked. */
  refusal?: GatewayError;
  /** For `status`. */
  status?: number;
  /** The beginning of an error body, for its wording. */
  body?: string;
  retryAfterMs?: number | null;
  detail?: string;
}

/** What the operator has to mend, by the name under which it is logged and counted; null where nothing. */
export function alertName(failure: UpstreamFailure): UpstreamAlert | null {
  if (failure.kind === "blocked") return "upstream_address_blocked";
  if (failure.kind === "connect") return connectFault(failure.detail ?? "");
  if (failure.kind !== "status") return null;
  return accountFault(failure.status ?? 0, failure.body ?? "");
}

/** The upstream has had too many calls for now: another route, or the same one later. */
export function isRateLimit(failure: UpstreamFailure): boolean {
  return failure.kind === "status" && failure.status === 429 && alertName(failure) === null;
}

/** Whether the same route may do better in a moment. */
export function isRetryable(failure: UpstreamFailure): boolean {
  if (failure.kind === "status") {
    const { status = 0 } = failure;
    return status >= 500 || status === 408 || status === 409 || isRateLimit(failure);
  }
  return failure.kind === "reset" || (failure.kind === "connect" && alertName(failure) === null);
}

/** Whether the request itself is to blame, so that no other route is tried. */
export function isCallersFault(failure: UpstreamFailure): boolean {
  return (
    failure.kind === "status" && [400, 413, 422].includes(failure.status ?? 0) && alertName(failure) === null
  );
}

/**
 * How long the upstream wants to be left alone, milliseconds; null where it does not say. Gemini says it in the body
 * (google.rpc.RetryInfo).
 */
export function waitWanted(failure: UpstreamFailure): number | null {
  if (failure.retryAfterMs) return failure.retryAfterMs;
  const seconds = /"retryDelay"\s*:\s*"(\d{1,6}(?:\.\d{1,9})?)s"/.exec(failure.body ?? "")?.[1];
  return seconds === undefined ? null : Math.ceil(Number(seconds) * 1000);
}

/**
 * A prompt beyond the model's context, in the words of OpenAI and those who serve like it, Anthropic, Gemini, Mistral
 * and xAI. Clients go by the code: Codex compacts, LobeHub explains.
 */
const TOO_LONG =
  /"context_length_exceeded"|maximum (?:context|prompt) length|exceeds? (?:the )?(?:model's )?(?:maximum )?context (?:window|limit|length)|prompt is too long|input token count .{0,40}exceeds the maximum/i;

/** What the caller is told. Of the upstream's own text only the wording of a refused request passes, redacted. */
export function failureError(failure: UpstreamFailure, route: CatalogRoute | null): GatewayError {
  if (failure.kind === "unsupported" && failure.refusal) return failure.refusal;
  if (failure.kind === "timeout") return new GatewayError("upstream_timeout");
  if (isCallersFault(failure)) {
    if (failure.status === 413)
      return new GatewayError("request_too_large", {
        message: "The provider of this model refused the request as too large. Send less.",
      });
    const said = saidBy(failure, route);
    const code = TOO_LONG.test(failure.body ?? "") ? "context_length_exceeded" : "invalid_request_error";
    return new GatewayError(code, {
      message: said?.message ?? "The provider refused the request as invalid.",
      param: said?.param ?? null,
    });
  }
  if (failure.kind === "status" && failure.status === 429 && alertName(failure) === null) {
    return new GatewayError("upstream_unavailable", { retryAfterMs: waitWanted(failure) ?? 2_000 });
  }
  return new GatewayError("upstream_unavailable");
}

/** The upstream's own wording, fit to be shown; null where it gave none. */
export function saidBy(
  failure: UpstreamFailure,
  route: CatalogRoute | null,
): { message: string; param: string | null } | null {
  const said = upstreamMessage(failure.body ?? "");
  if (!said) return null;
  const secrets = route ? [route.connection.key, ...Object.values(route.connection.headers)] : [];
  return { message: redact(said.message, secrets), param: said.param };
}

/**
 * What the words of an error object that came without a status mean as one. Sources: the error references of OpenAI,
 * Anthropic and Google (google.rpc.Code).
 */
const STATUS_OF: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  invalid_prompt: 400,
  context_length_exceeded: 400,
  content_filter: 400,
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  authentication_error: 401,
  invalid_api_key: 401,
  UNAUTHENTICATED: 401,
  billing_error: 402,
  permission_error: 403,
  PERMISSION_DENIED: 403,
  not_found_error: 404,
  model_not_found: 404,
  NOT_FOUND: 404,
  request_too_large: 413,
  insufficient_quota: 429,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  RESOURCE_EXHAUSTED: 429,
  api_error: 500,
  server_error: 500,
  INTERNAL: 500,
  overloaded_error: 503,
  server_overloaded: 503,
  UNAVAILABLE: 503,
  timeout_error: 504,
  DEADLINE_EXCEEDED: 504,
};

/** An error object that came with status 200, or in the middle of a stream. */
export function errorBodyFailure(error: unknown, text: string): UpstreamFailure {
  const found = typeof error === "object" && error !== null ? (error as Record<string, unknown>) : {};
  return {
    failed: true,
    kind: "status",
    status: statusOf(found),
    body: text.slice(0, 8_192),
    retryAfterMs: null,
  };
}

function statusOf(error: Record<string, unknown>): number {
  for (const said of [error.status_code, error.code, error.status]) {
    const status = Number(said);
    if (Number.isInteger(status) && status >= 400 && status <= 599) return status;
  }
  for (const said of [error.code, error.type, error.status]) {
    const status = typeof said === "string" && Object.hasOwn(STATUS_OF, said) ? STATUS_OF[said] : undefined;
    if (status !== undefined) return status;
  }
  return 502;
}
