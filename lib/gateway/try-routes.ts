import { setTimeout as pause } from "node:timers/promises";
import type { CatalogRoute } from "@/lib/catalog/types";
import type { Call } from "@/lib/gateway/call";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { reportFailure } from "@/lib/gateway/routing/report-failure";
import {
  isCallersFault,
  isRateLimit,
  isRetryable,
  type UpstreamFailure,
  waitWanted,
} from "@/lib/gateway/upstream-failure";
import type { CallAttempt } from "@/lib/usage/types";

/** Tries of one route, when it is worth trying again. */
const TRIES = 2;
/** A Retry-After beyond this is the caller's to wait for. */
const LONGEST_PAUSE_MS = 5_000;
/** How long a route rests that refused for too many calls without saying for how long. */
const COOLING_MS = 1_000;

export interface Tried<T> {
  /** The route of the answer, or of the failure that is told. */
  route: CatalogRoute;
  /** How many routes were given up before it. */
  fallbacks: number;
  result: T | UpstreamFailure;
  /** Every try that gave no answer, in order. */
  attempts: CallAttempt[];
}

export function isFailure<T extends object>(result: T | UpstreamFailure): result is UpstreamFailure {
  return "failed" in result && result.failed === true;
}

/**
 * Asks the routes in order until one begins to answer. Only failures before the first byte come here, so that
 * nothing is ever delivered twice. The caller's own faults and its hanging up end it at once. A route that cannot say
 * the call leaves it to the next; that it cannot be said is told only where no route could.
 */
export async function tryRoutes<T extends object>(
  call: Call,
  routes: readonly CatalogRoute[],
  attempt: (route: CatalogRoute) => Promise<T | UpstreamFailure>,
  streamed = false,
): Promise<Tried<T>> {
  const { routeHealth, limits } = call.services;
  const attempts: CallAttempt[] = [];
  const gone: UpstreamFailure = { failed: true, kind: "gone" };
  let told: Tried<T> | null = null;
  for (const [fallbacks, route] of routes.entries()) {
    for (let turn = 1; turn <= TRIES; turn++) {
      const startMs = performance.now();
      routeHealth.begin(route);
      const result = await attempt(route).catch((error) => unsupportedOrThrow(error));
      const ms = performance.now() - startMs;
      const tried: Tried<T> = { route, fallbacks, result, attempts };
      if (!isFailure(result)) {
        routeHealth.succeed(route, streamed, ms);
        return tried;
      }
      judge(call, route, result, streamed);
      if (result.kind === "gone") return tried;
      attempts.push(attemptOf(route, result, ms));
      reportFailure(call, route, result);
      if (!told || result.kind !== "unsupported") told = tried;
      if (isCallersFault(result)) return tried;
      if (call.gone) return { ...tried, result: gone };
      if (turn === TRIES || !isRetryable(result)) break;
      const another = fallbacks + 1 < routes.length;
      const wanted = waitWanted(result);
      if (another && (isRateLimit(result) || wanted !== null || !routeHealth.isReady(route))) break;
      if (wanted !== null && wanted > LONGEST_PAUSE_MS) break;
      const pauseMs = wanted ?? limits.retryPauseMs * 2 ** (turn - 1);
      await pause(pauseMs * (wanted === null ? 0.75 + Math.random() / 2 : 1));
      if (call.gone) return { ...tried, result: gone };
    }
  }
  if (!told) throw new Error("a model without routes was called");
  return told;
}

/** What a failed try says about its route. */
function judge(call: Call, route: CatalogRoute, failure: UpstreamFailure, streamed: boolean): void {
  const { routeHealth } = call.services;
  if (failure.kind === "gone" || failure.kind === "unsupported") routeHealth.release(route);
  else if (isCallersFault(failure)) routeHealth.succeed(route, streamed, null);
  else if (isRateLimit(failure)) routeHealth.cool(route, waitWanted(failure) ?? COOLING_MS);
  else routeHealth.fail(route);
}

function attemptOf(route: CatalogRoute, failure: UpstreamFailure, ms: number): CallAttempt {
  return {
    route: route.id,
    connection: route.connection.id,
    kind: failure.kind !== "status" ? failure.kind : failure.status === 429 ? "rate_limited" : "http",
    status: failure.status ?? null,
    ms: Math.round(ms),
  };
}

function unsupportedOrThrow(error: unknown): UpstreamFailure {
  if (error instanceof GatewayError && error.status === 400)
    return { failed: true, kind: "unsupported", refusal: error };
  throw error;
}
