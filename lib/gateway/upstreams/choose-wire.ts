import type { CatalogConnection, CatalogRoute } from "@/lib/catalog/types";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { MESSAGES_WIRE } from "@/lib/gateway/upstreams/anthropic/messages-wire";
import { targetAnthropic } from "@/lib/gateway/upstreams/anthropic/target";
import { type AzureEndpoint, targetAzure } from "@/lib/gateway/upstreams/azure";
import { CHAT_WIRE } from "@/lib/gateway/upstreams/chat-wire";
import { COMPLETIONS_WIRE } from "@/lib/gateway/upstreams/completions/completions-wire";
import { EMBEDDINGS_WIRE } from "@/lib/gateway/upstreams/embeddings/embeddings-wire";
import { GEMINI_EMBEDDINGS_WIRE } from "@/lib/gateway/upstreams/google/gemini-embeddings-wire";
import { GEMINI_WIRE } from "@/lib/gateway/upstreams/google/gemini-wire";
import { targetGoogle } from "@/lib/gateway/upstreams/google/target";
import { targetOpenAi, type UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";
import { RESPONSES_WIRE } from "@/lib/gateway/upstreams/responses/responses-wire";
import type { Wire } from "@/lib/gateway/upstreams/wire";

const NATIVE: Readonly<Record<ApiRequest["dialect"], Wire>> = {
  chat: CHAT_WIRE,
  completions: COMPLETIONS_WIRE,
  responses: RESPONSES_WIRE,
  messages: MESSAGES_WIRE,
  embeddings: EMBEDDINGS_WIRE,
};

/**
 * How a connection is spoken to for a call: in the caller's own dialect where it can, else in what it speaks best.
 * Throws `unsupported_capability` where it has nothing of the kind.
 */
export function chooseWire(
  request: Pick<ApiRequest, "dialect" | "model">,
  connection: CatalogConnection,
): Wire {
  const { dialect } = request;
  if (connection.kind === "google") return dialect === "embeddings" ? GEMINI_EMBEDDINGS_WIRE : GEMINI_WIRE;
  const speaks = connection.dialects;
  if (speaks.has(dialect)) return NATIVE[dialect];
  if (dialect === "embeddings") {
    throw new GatewayError("unsupported_capability", {
      message: `${request.model} cannot make embeddings. Choose an embedding model.`,
      param: "model",
    });
  }
  if (speaks.has("chat")) return CHAT_WIRE;
  if (speaks.has("messages")) return MESSAGES_WIRE;
  return speaks.has("responses") ? RESPONSES_WIRE : CHAT_WIRE;
}

/** The request line and headers for a call on a route. */
export function chooseTarget(
  request: Pick<ApiRequest, "stream" | "forward">,
  route: Pick<CatalogRoute, "connection" | "upstreamId">,
  wire: Wire,
): UpstreamTarget {
  const { connection, upstreamId } = route;
  const endpoint = wire.name === "chat" ? "chat/completions" : wire.name;
  switch (connection.kind) {
    case "google": {
      const action = wire.name === "gemini-embeddings" ? "batchEmbedContents" : "generateContent";
      return targetGoogle(connection, upstreamId, action, request.stream);
    }
    case "anthropic":
      return targetAnthropic(connection, endpoint, request.stream, request.forward);
    case "azure":
      return targetAzure(connection, upstreamId, endpoint as AzureEndpoint, request.stream);
    case "openai_compatible": {
      const target = targetOpenAi(connection, endpoint, request.stream);
      if (wire.name !== "messages") return target;
      // Anthropic's API on somebody else's server, with that server's credentials.
      const version = { "anthropic-version": "2023-06-01", ...request.forward };
      return { ...target, headers: { ...version, ...target.headers } };
    }
  }
}
