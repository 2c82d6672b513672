import type { IncomingMessage, ServerResponse } from "node:http";
import { Call } from "@/lib/gateway/call";
import type { Dialect } from "@/lib/gateway/dialects/api-request";
import { ChatRequest } from "@/lib/gateway/dialects/chat/chat-request";
import { nameModel } from "@/lib/gateway/dialects/chat/name-model";
import { CompletionsRequest } from "@/lib/gateway/dialects/completions/completions-request";
import { parseCursor } from "@/lib/gateway/dialects/cursor/parse-cursor";
import { EmbeddingsRequest } from "@/lib/gateway/dialects/embeddings/embeddings-request";
import { MessagesRequest } from "@/lib/gateway/dialects/messages/messages-request";
import { ResponsesRequest } from "@/lib/gateway/dialects/responses/responses-request";
import { answerEndpoint } from "@/lib/gateway/endpoints/answer";
import { countTokensEndpoint } from "@/lib/gateway/endpoints/count-tokens";
import { creditsEndpoint } from "@/lib/gateway/endpoints/credits";
import { generationEndpoint } from "@/lib/gateway/endpoints/generation";
import { healthEndpoint, metricsEndpoint, readyEndpoint } from "@/lib/gateway/endpoints/health";
import { keyEndpoint } from "@/lib/gateway/endpoints/key";
import { modelEndpoint, modelsEndpoint } from "@/lib/gateway/endpoints/models";
import { pricingEndpoint } from "@/lib/gateway/endpoints/pricing";
import { unknownEndpoint, wrongMethod } from "@/lib/gateway/endpoints/unknown";
import { GatewayError, invalidRequest } from "@/lib/gateway/gateway-error";
import { baseHeaders, send, sendError, sendJson, toGatewayError } from "@/lib/gateway/respond";
import { type Endpoint, methodOf, route } from "@/lib/gateway/router";
import type { Services } from "@/lib/gateway/services";
import { log } from "@/lib/log";
import { PROMPT_MAX_CHARS } from "@/lib/usage/record-prompt";

/** One request, whatever it is: it always gets an answer, and never an exception. */
export async function handleRequest(
  services: Services,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const call = new Call(services, req, res);
  try {
    if (req.headers.host === undefined && req.httpVersion === "1.1") {
      throw invalidRequest("HTTP/1.1 wants a Host header, among the first thousand.");
    }
    const coding = req.headers["transfer-encoding"];
    if (coding !== undefined && coding.toLowerCase() !== "chunked") {
      // Node undoes the last coding only, and proxies differ on the others: RFC 9112, section 6.1.
      res.shouldKeepAlive = false;
      throw invalidRequest("Transfer-Encoding must be chunked, or left out.");
    }
    const endpoint = route(req.url ?? "/");
    call.endpoint = endpoint.name;
    call.dialect = dialectOf(endpoint, req);
    await dispatch(call, endpoint);
  } catch (error) {
    const told = toGatewayError(call, error);
    if (told.status < 500)
      log.info({ requestId: call.requestId, status: told.status, code: told.code }, "refused");
    else log.warn({ requestId: call.requestId, status: told.status, code: told.code }, "failed");
    sendError(call, told);
    // A stream that cannot be ended properly any more is at least not left hanging.
    if (!res.writableEnded && res.headersSent) res.destroy();
  }
  services.metrics.requests.inc({ endpoint: call.endpoint, status: call.gone ? 499 : res.statusCode });
  keepPrompt(call);
}

/** What was said, for a workspace that turned that on; never without. */
function keepPrompt({ services, kept, key, requestId }: Call): void {
  if (!kept || !key) return;
  services.prompts.record({
    workspaceId: key.workspaceId,
    requestId,
    request: kept.request.toString("utf8", 0, PROMPT_MAX_CHARS),
    response: kept.response || null,
  });
}

async function dispatch(call: Call, endpoint: Endpoint): Promise<void> {
  const { method = "GET" } = call.req;
  if (method === "OPTIONS") return preflight(call);
  const wanted = methodOf(endpoint);
  if (wanted && method !== wanted && !(wanted === "GET" && method === "HEAD")) wrongMethod(call, wanted);
  switch (endpoint.name) {
    case "chat":
      return answerEndpoint(call, ChatRequest.parse);
    case "completions":
      return answerEndpoint(call, CompletionsRequest.parse);
    case "responses":
      return answerEndpoint(call, ResponsesRequest.parse);
    case "messages":
      return answerEndpoint(call, MessagesRequest.parse);
    case "embeddings":
      return answerEndpoint(call, EmbeddingsRequest.parse);
    case "cursor":
      return answerEndpoint(call, parseCursor);
    case "deployment":
      return answerEndpoint(call, (bytes) => ChatRequest.parse(nameModel(bytes, endpoint.model)));
    case "count_tokens":
      return countTokensEndpoint(call);
    case "generation":
      return generationEndpoint(call);
    case "pricing":
      return pricingEndpoint(call);
    case "models":
      return modelsEndpoint(call);
    case "model":
      return modelEndpoint(call, endpoint.id);
    case "key":
      return keyEndpoint(call);
    case "credits":
      return creditsEndpoint(call);
    case "health":
      return healthEndpoint(call);
    case "ready":
      return readyEndpoint(call);
    case "metrics":
      return metricsEndpoint(call);
    case "root":
    case "hello":
      return greet(call, method);
    case "unknown":
      return unknownEndpoint(call, endpoint.path);
  }
}

/** What the caller speaks, by the path; of the paths that all share, by the header that only Anthropic's clients send. */
function dialectOf(endpoint: Endpoint, req: IncomingMessage): Dialect {
  switch (endpoint.name) {
    case "completions":
    case "responses":
    case "messages":
    case "embeddings":
      return endpoint.name;
    case "count_tokens":
      return "messages";
    case "chat":
    case "cursor":
    case "deployment":
      return "chat";
    default:
      return req.headers["anthropic-version"] === undefined ? "chat" : "messages";
  }
}

/** Claude Code asks HEAD / or HEAD /api/hello before it connects; people open the base URL in a browser. */
function greet(call: Call, method: string): void {
  if (method !== "GET" && method !== "HEAD") wrongMethod(call, "GET");
  const { publicApiUrl, publicUrl } = call.services;
  sendJson(call, 200, {
    object: "gateway",
    name: "Tollgate",
    base_url: `${publicApiUrl}/v1`,
    docs: `${publicUrl}/docs`,
  });
}

/** A browser's question before the call: answered without a key, echoing the headers that it wants to send. */
function preflight(call: Call): void {
  const { res, req } = call;
  const wanted = req.headers["access-control-request-headers"];
  res.writeHead(204, {
    ...baseHeaders(call),
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": wanted || "authorization, content-type, x-api-key, api-key",
    "access-control-max-age": "86400",
    vary: "Access-Control-Request-Headers",
    // Pages on the internet that call a gateway on this machine or its network.
    ...(req.headers["access-control-request-private-network"]
      ? { "access-control-allow-private-network": "true" }
      : {}),
  });
  res.end();
}

/** A wish to change the protocol: Codex asks for WebSocket on /v1/responses and falls back to HTTP at once on 426. */
export function handleUpgrade(services: Services, req: IncomingMessage, res: ServerResponse): void {
  const call = new Call(services, req, res);
  const error = new GatewayError("websocket_unsupported");
  res.shouldKeepAlive = false;
  sendError(call, error);
  services.metrics.requests.inc({ endpoint: "upgrade", status: 426 });
  if (!res.headersSent) send(call, 426, "");
}
