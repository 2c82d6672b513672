import type { CatalogConnection, CatalogRoute } from "@/lib/catalog/types";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { CHAT_WIRE } from "@/lib/gateway/upstreams/chat-wire";
import { targetOpenAi, type UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";
import type { Wire } from "@/lib/gateway/upstreams/wire";

/**
 * How a connection is spoken to for a call: in the caller's own dialect where it can, else in what it speaks best.
 * Throws `unsupported_capability` where it has nothing of the kind.
 */
export function chooseWire(request: ApiRequest, connection: CatalogConnection): Wire {
  switch (request.dialect) {
    case "embeddings":
      throw new GatewayError("unsupported_capability", {
        message: `${request.model} cannot make embeddings. Choose an embedding model.`,
        param: "model",
      });
    default:
      switch (connection.kind) {
        default:
          return CHAT_WIRE;
      }
  }
}

/** The request line and headers for a call on a route. */
export function chooseTarget(request: ApiRequest, route: CatalogRoute, wire: Wire): UpstreamTarget {
  switch (wire.name) {
    default:
      return targetOpenAi(route.connection, "chat/completions", request.stream);
  }
}
