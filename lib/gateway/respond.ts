import type { OutgoingHttpHeaders } from "node:http";
import type { Call } from "@/lib/gateway/call";
import { GATEWAY_ERRORS } from "@/lib/gateway/dialects/errors";
import { renderError } from "@/lib/gateway/dialects/render-error";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { log } from "@/lib/log";

const EXPOSED = [
  "x-request-id",
  "request-id",
  "x-request-cost",
  "x-max-tokens-clamped",
  "x-should-retry",
  "retry-after",
  ...["limit", "remaining", "reset"].flatMap((what) => [
    `x-ratelimit-${what}-requests`,
    `x-ratelimit-${what}-tokens`,
  ]),
].join(", ");

/** What every answer carries. Credentials are never cookies here, so any page may read what its key may. */
export function baseHeaders(call: Call): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {
    "x-request-id": call.requestId,
    "access-control-allow-origin": "*",
    "access-control-expose-headers": EXPOSED,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  };
  // Where Anthropic's clients look for it.
  if (call.dialect === "messages") headers["request-id"] = call.requestId;
  const rate = call.rate;
  if (rate) {
    const reset = `${Math.max(0, Math.ceil(rate.resetMs / 1000))}s`;
    if (rate.requestsLimit !== null) {
      headers["x-ratelimit-limit-requests"] = rate.requestsLimit;
      headers["x-ratelimit-remaining-requests"] = rate.requestsRemaining ?? 0;
      headers["x-ratelimit-reset-requests"] = reset;
    }
    if (rate.tokensLimit !== null) {
      headers["x-ratelimit-limit-tokens"] = rate.tokensLimit;
      headers["x-ratelimit-remaining-tokens"] = rate.tokensRemaining ?? 0;
      headers["x-ratelimit-reset-tokens"] = reset;
    }
  }
  if (call.services.draining) headers.connection = "close";
  return headers;
}

/** Ends a request with a body; does nothing when the caller has gone or the answer has begun. */
export function send(
  call: Call,
  status: number,
  body: string | Buffer,
  headers: OutgoingHttpHeaders = {},
): void {
  const { res } = call;
  if (res.headersSent || call.gone) return;
  const all = baseHeaders(call);
  all["content-type"] = "application/json";
  all["content-length"] = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  for (const name in headers) all[name] = headers[name];
  call.keep(body);
  res.writeHead(status, all);
  res.end(call.req.method === "HEAD" ? undefined : body);
}

export function sendJson(call: Call, status: number, body: unknown, headers?: OutgoingHttpHeaders): void {
  send(call, status, JSON.stringify(body), headers);
}

/** Anything thrown, as an error that callers may see. What is not a GatewayError is logged and hidden. */
export function toGatewayError(call: Call, error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  log.error({ requestId: call.requestId, err: error }, "request failed");
  return new GatewayError("internal_error", { cause: error });
}

/** Ends a request with an error in the caller's dialect. */
export function sendError(call: Call, error: GatewayError): void {
  const headers: OutgoingHttpHeaders = {};
  const { permanent } = GATEWAY_ERRORS[error.code];
  if (error.retryAfterMs !== null)
    headers["retry-after"] = String(Math.max(1, Math.ceil(error.retryAfterMs / 1000)));
  // A limit that no waiting helps against is permanent too.
  if (permanent || (error.status === 429 && error.retryAfterMs === null)) headers["x-should-retry"] = "false";
  const { status, body } = renderError(call.dialect, error, call.requestId, call.services.publicUrl);
  send(call, status, body, headers);
}
