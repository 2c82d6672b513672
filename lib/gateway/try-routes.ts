import { setTimeout as pause } from "node:timers/promises";
import type { CatalogRoute } from "@/lib/catalog/types";
import type { Call } from "@/lib/gateway/call";
import { alertName, isCallersFault, isRetryable, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import { log } from "@/lib/log";

/** Tries of one route, when it is worth trying again. */
const TRIES = 2;
const LONGEST_PAUSE_MS = 2_000;

export interface Tried<T> {
  /** The route of the answer, or of the last failure. */
  route: CatalogRoute;
  /** How many routes were given up before it. */
  fallbacks: number;
  result: T | UpstreamFailure;
}

export function isFailure<T extends object>(result: T | UpstreamFailure): result is UpstreamFailure {
  return "failed" in result && result.failed === true;
}

/**
 * Asks the routes in order until one begins to answer. Only failures before the first byte come here, so that
 * nothing is ever delivered twice. The caller's own faults and its hanging up end it at once.
 */
export async function tryRoutes<T extends object>(
  call: Call,
  routes: readonly CatalogRoute[],
  attempt: (route: CatalogRoute) => Promise<T | UpstreamFailure>,
): Promise<Tried<T>> {
  let last: Tried<T> | null = null;
  for (const [fallbacks, route] of routes.entries()) {
    for (let turn = 1; turn <= TRIES; turn++) {
      const result = await attempt(route);
      last = { route, fallbacks, result };
      if (!isFailure(result) || result.kind === "gone") return last;
      report(call, route, result);
      if (isCallersFault(result)) return last;
      if (call.gone) return { ...last, result: { failed: true, kind: "gone" } };
      if (turn === TRIES || !isRetryable(result)) break;
      const base = result.retryAfterMs ?? call.services.limits.retryPauseMs * turn;
      if (base > LONGEST_PAUSE_MS) break;
      await pause(base * (0.75 + Math.random() / 2));
      if (call.gone) return { ...last, result: { failed: true, kind: "gone" } };
    }
  }
  if (!last) throw new Error("a model without routes was called");
  return last;
}

function report(call: Call, route: CatalogRoute, failure: UpstreamFailure): void {
  const { metrics } = call.services;
  metrics.upstreamFailures.inc({ kind: failure.kind });
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
    log.error({ alert, ...facts }, "an upstream refuses this gateway's own account or set-up");
  } else {
    log.warn(facts, "a try upstream failed");
  }
}
