import type { Dialect, Json } from "@/lib/gateway/dialects/api-request";
import { errorDocUrl, GATEWAY_ERRORS } from "@/lib/gateway/dialects/errors";
import type { GatewayError } from "@/lib/gateway/gateway-error";

/** How an error looks on the wire, before its headers. */
export interface RenderedError {
  status: number;
  body: string;
}

/** An error in the dialect of the caller, with our own fields beside that dialect's: `doc_url`, `request_id`. */
export function renderError(
  dialect: Dialect,
  error: GatewayError,
  requestId: string,
  publicUrl: string,
): RenderedError {
  const own: Json = {
    ...error.extra,
    doc_url: errorDocUrl(publicUrl, error.code),
    request_id: requestId,
  };
  if (dialect === "messages") return renderAnthropic(error, requestId, own);
  const entry = GATEWAY_ERRORS[error.code];
  // Codex ends at once on this one, and tries anything else six times.
  const status = dialect === "responses" && error.code === "insufficient_quota" ? 429 : entry.status;
  const { message, param, code } = error;
  // Source: OpenAI API reference, "Errors".
  return { status, body: JSON.stringify({ error: { message, type: entry.type, param, code, ...own } }) };
}

/** Source: Anthropic API reference, "Errors". `code` and `param` are ours. */
function renderAnthropic(error: GatewayError, requestId: string, own: Json): RenderedError {
  const { status, type } = GATEWAY_ERRORS[error.code].anthropic;
  const { message, param, code } = error;
  return {
    status,
    body: JSON.stringify({
      type: "error",
      error: { type, message, code, ...(param === null ? {} : { param }), ...own },
      request_id: requestId,
    }),
  };
}
