import type { CatalogRoute } from "@/lib/catalog/types";
import type { Call } from "@/lib/gateway/call";
import { alertName, saidBy, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import { log } from "@/lib/log";

/**
 * Counts and logs one failed try. What the operator has to mend is an alert by its name, with the upstream's wording,
 * redacted; of other failures no text is logged, since a refusal may quote what the caller sent.
 */
export function reportFailure(call: Call, route: CatalogRoute, failure: UpstreamFailure): void {
  const { metrics } = call.services;
  metrics.upstreamFailures.inc({ kind: failure.kind });
  if (failure.kind === "unsupported") return;
  const alert = alertName(failure);
  const facts = {
    requestId: call.requestId,
    connection: route.connection.name,
    upstreamModel: route.upstreamId,
    kind: failure.kind,
    status: failure.status,
    detail: failure.detail,
  };
  if (alert) {
    metrics.alerts.inc({ alert });
    const said = saidBy(failure, route)?.message.slice(0, 300);
    log.error({ alert, ...facts, said }, "an upstream refuses this gateway's own account or set-up");
  } else {
    log.warn(facts, "a try upstream failed");
  }
}
