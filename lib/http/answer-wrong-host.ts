import { newId } from "@/lib/ids";

/** The page that explains it stands beside those of the gateway's own codes. */
export const WRONG_HOST = "wrong_host";

/**
 * What the dashboard answers to a call that was meant for the gateway: never HTML, always the right URL, in
 * OpenAI's error shape (OpenAI API reference, "Errors"). `path` is what follows /v1, for example `/models`.
 */
export function answerWrongHost(
  request: Request,
  options: { path: string; publicUrl: string; publicApiUrl: string },
): Response {
  const headers = corsHeaders(request);
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers });

  const requestId = newId("req");
  const url = `${options.publicApiUrl}/v1${options.path}`;
  headers.set("content-type", "application/json; charset=utf-8");
  headers.set("cache-control", "no-store");
  headers.set("x-request-id", requestId);
  headers.set("x-should-retry", "false");
  const body = {
    error: {
      message: `This is the dashboard, not the API. Nothing was charged. Send this call to ${url} (base URL ${options.publicApiUrl}/v1).`,
      type: "invalid_request_error",
      param: null,
      code: WRONG_HOST,
      url,
      doc_url: `${options.publicUrl}/docs/errors/${WRONG_HOST}`,
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
