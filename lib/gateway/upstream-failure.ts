import type { CatalogRoute } from "@/lib/catalog/types";
import { GatewayError } from "@/lib/gateway/gateway-error";
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
export function alertName(failure: UpstreamFailure): string | null {
  if (failure.kind === "blocked") return "upstream_address_blocked";
  if (failure.kind !== "status") return null;
  switch (failure.status) {
    case 401:
      return "upstream_key_refused";
    case 402:
      return "upstream_no_credit";
    case 403:
      return "upstream_forbidden";
    case 404:
      return "upstream_model_unknown";
    case 429:
      return /insufficient_quota|exceeded your current quota|billing/i.test(failure.body ?? "")
        ? "upstream_no_quota"
        : null;
    default:
      return null;
  }
}

/** Whether the same route may do better in a moment. */
export function isRetryable(failure: UpstreamFailure): boolean {
  if (failure.kind === "status") {
    const { status = 0 } = failure;
    return (
      status >= 500 || status === 408 || status === 409 || (status === 429 && alertName(failure) === null)
    );
  }
  return failure.kind === "connect" || failure.kind === "reset";
}

/** Whether the request itself is to blame, so that no other route is tried. */
export function isCallersFault(failure: UpstreamFailure): boolean {
  return failure.kind === "status" && [400, 413, 422].includes(failure.status ?? 0);
}

/** What the caller is told. Of the upstream's own text only the wording of a refused request passes, redacted. */
export function failureError(failure: UpstreamFailure, route: CatalogRoute | null): GatewayError {
  if (failure.kind === "unsupported" && failure.refusal) return failure.refusal;
  if (failure.kind === "timeout") return new GatewayError("upstream_timeout");
  if (failure.kind === "status") {
    if (failure.status === 413)
      return new GatewayError("request_too_large", {
        message: "The provider of this model refused the request as too large. Send less.",
      });
    if (isCallersFault(failure)) {
      const said = upstreamMessage(failure.body ?? "");
      const secrets = route ? [route.connection.key, ...Object.values(route.connection.headers)] : [];
      const message = said ? redact(said.message, secrets) : "The provider refused the request as invalid.";
      return new GatewayError("invalid_request_error", { message, param: said?.param ?? null });
    }
    if (failure.status === 429) {
      return new GatewayError("upstream_unavailable", { retryAfterMs: failure.retryAfterMs ?? 2_000 });
    }
  }
  return new GatewayError("upstream_unavailable");
}

/** An error object that came with status 200, or in the middle of a stream. */
export function errorBodyFailure(error: unknown, text: string): UpstreamFailure {
  const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : undefined;
  const status = Number(code);
  return {
    failed: true,
    kind: "status",
    status: Number.isInteger(status) && status >= 400 && status <= 599 ? status : 502,
    body: text.slice(0, 8_192),
    retryAfterMs: null,
  };
}
