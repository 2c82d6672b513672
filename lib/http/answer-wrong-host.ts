import { env } from "@/lib/env";
import { newId } from "@/lib/ids";

/** The page that explains it stands beside those of the gateway's own codes. */
export const WRONG_HOST = "wrong_host";

/**
 * What the dashboard answers to a call that was meant for the gateway: never HTML, always the right URL, in
 * OpenAI's error shape (OpenAI API reference, "Errors"). Serves every method of a route.
 */
export function answerWrongHost(request: Request): Response {
  const headers = corsHeaders(request);
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers });

  const { publicUrl, publicApiUrl } = env();
  const requestId = newId("req");
  const path = new URL(request.url).pathname.replace(/^(\/v1)+(?=\/|$)/, "");
  // The gateway has these beside /v1.
  const url = /^\/(?:cursor|openai|api)\//.test(path)
    ? `${publicApiUrl}${path}`
    : `${publicApiUrl}/v1${path}`;
  headers.set("content-type", "application/json; charset=utf-8");
  headers.set("cache-control", "no-store");
  headers.set("x-request-id", requestId);
  headers.set("x-should-retry", "false");
  const body = {
    error: {
      message: `This is the dashboard, not the API. Nothing was charged. Send this call to ${url} (base URL ${publicApiUrl}/v1).`,
      type: "invalid_request_error",
      param: null,
      code: WRONG_HOST,
      url,
      doc_url: `${publicUrl}/docs/errors/${WRONG_HOST}`,
      request_id: requestId,
    },
  };
  return new Response(request.method === "HEAD" ? null : JSON.stringify(body), { status: 404, headers });
}

/** Readable from any page, because a browser client must be able to show the message. Credentials stay out. */
function corsHeaders(request: Request): Headers {
  const asked = request.headers.get("access-control-request-headers");
  return new Headers({
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "access-control-allow-headers": asked && asked.length < 2_000 ? asked : "*",
    "access-control-expose-headers": "x-request-id",
    "access-control-max-age": "600",
    vary: "Access-Control-Request-Headers",
  });
}
