import { timingSafeEqual } from "node:crypto";
import type { Call } from "@/lib/gateway/call";
import { findCredential } from "@/lib/gateway/credentials";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { send, sendJson } from "@/lib/gateway/respond";

/** GET /healthz: the process lives. */
export function healthEndpoint(call: Call): void {
  sendJson(call, 200, { status: "ok" });
}

const READY_TIMEOUT_MS = 2_000;

/** GET /readyz: it can serve: its database answers and it is not draining. */
export async function readyEndpoint(call: Call): Promise<void> {
  if (call.services.draining) {
    sendJson(call, 503, { status: "draining" });
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), READY_TIMEOUT_MS);
  });
  try {
    await Promise.race([call.services.pool.query("SELECT 1 FROM gateway_instances LIMIT 1"), tooLate]);
    sendJson(call, 200, { status: "ready", instance: call.services.instanceId });
  } catch {
    sendJson(call, 503, { status: "database unreachable" });
  } finally {
    clearTimeout(timer);
  }
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
