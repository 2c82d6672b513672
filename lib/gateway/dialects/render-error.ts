import { errorDocUrl, GATEWAY_ERRORS } from "@/lib/gateway/dialects/errors";
import type { GatewayError } from "@/lib/gateway/gateway-error";

/** How an error looks on the wire, before its headers. */
export interface RenderedError {
  status: number;
  body: string;
}

/**
 * OpenAI's error body with our own fields beside its four: `doc_url`, `request_id` and what the error adds.
 * Source: OpenAI API reference, "Errors".
 */
export function renderOpenAiError(error: GatewayError, requestId: string, publicUrl: string): RenderedError {
  const entry = GATEWAY_ERRORS[error.code];
  return {
    status: entry.status,
    body: JSON.stringify({
      error: {
        message: error.message,
        type: entry.type,
        param: error.param,
        code: error.code,
        ...error.extra,
        doc_url: errorDocUrl(publicUrl, error.code),
        request_id: requestId,
      },
    }),
  };
}
