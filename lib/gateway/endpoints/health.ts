import { timingSafeEqual } from "node:crypto";
import type { Call } from "@/lib/gateway/call";
import { findCredential } from "@/lib/gateway/credentials";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { send, sendJson } from "@/lib/gateway/respond";

/** GET /healthz: the process lives. */
export function healthEndpoint(call: Call): void {
  sendJson(call, 200, { status: "ok" });
}

/** GET /readyz: it can serve: database reachable, migrations current, not draining. */
export async function readyEndpoint(call: Call): Promise<void> {
  const { draining, readiness, instanceId } = call.services;
  const { ready, reason } = draining ? { ready: false, reason: "draining" } : await readiness();
  if (ready) sendJson(call, 200, { status: "ready", instance: instanceId });
  else sendJson(call, 503, { status: "not ready", reason });
}

/** GET /metrics, for Prometheus, with TOLLGATE_METRICS_TOKEN as bearer token; without one set there are none. */
export async function metricsEndpoint(call: Call): Promise<void> {
  const { metricsToken, metricsText } = call.services;
  if (!metricsToken)
    throw new GatewayError("not_found", { message: "Set TOLLGATE_METRICS_TOKEN to publish metrics." });
  if (!sameText(findCredential(call.req) ?? "", metricsToken)) {
    throw new GatewayError("invalid_api_key", {
      message: "Send TOLLGATE_METRICS_TOKEN as Authorization: Bearer.",
    });
  }
  send(call, 200, await metricsText(), { "content-type": call.services.metrics.registry.contentType });
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
