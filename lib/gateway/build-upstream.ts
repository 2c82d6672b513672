import type { CatalogModel, CatalogRoute } from "@/lib/catalog/types";
import type { Hold } from "@/lib/gateway/admit";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { restoreBlobs } from "@/lib/gateway/dialects/chat/scan-body";
import { GatewayError } from "@/lib/gateway/gateway-error";
import type { UpstreamFailure } from "@/lib/gateway/upstream-failure";
import { chooseTarget, chooseWire } from "@/lib/gateway/upstreams/choose-wire";
import type { UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";
import type { Wire } from "@/lib/gateway/upstreams/wire";

/** One call as it goes to one route. */
export interface UpstreamRequest {
  wire: Wire;
  target: UpstreamTarget;
  body: Buffer;
  /** The wire carries the caller's own dialect. */
  native: boolean;
}

/**
 * Writes a call for a route: the caller's own bytes where the upstream speaks the same dialect, a translation
 * elsewhere. What the upstream cannot be asked for is a failure of this route, so that another may do it.
 */
export function buildUpstream(
  request: ApiRequest,
  model: CatalogModel,
  route: CatalogRoute,
  hold: Hold,
): UpstreamRequest | UpstreamFailure {
  const to = { upstreamId: route.upstreamId, model, capTokens: hold.sendCap ? hold.capTokens : null };
  try {
    const wire = chooseWire(request, route.connection);
    const native = wire.name === request.dialect;
    const body = native
      ? request.rewrite(to)
      : restoreBlobs(JSON.stringify(wire.fromChat(request.toChat(to), to)), request.bytes, request.scan);
    return { wire, native, body, target: chooseTarget(request, route, wire) };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return { failed: true, kind: "unsupported", refusal: error };
  }
}
