import type { CatalogRoute } from "@/lib/catalog/types";
import type { RouteHealth } from "@/lib/gateway/routing/route-health";
import type { RouteStrategy } from "@/prisma/generated/client";

export interface RouteOrder {
  /** Within one priority; `priority` by default, which leaves it to the weights. */
  strategy?: RouteStrategy;
  /** Without it every route counts as sound. */
  health?: Pick<RouteHealth, "waitMs" | "expectMs">;
  streamed?: boolean;
  /** Numbers in [0, 1). */
  random?: () => number;
}

/**
 * The order in which a model's routes are tried: by priority; among equals the cheapest to us or the fastest as
 * measured where the model says so, else by weighted chance, without replacement. Routes that fail too often or were
 * asked to wait are left out, except for the least bad of them, which is the last resort: no call is refused unasked.
 */
export function chooseRoutes(
  routes: readonly CatalogRoute[],
  { strategy = "priority", health, streamed = false, random = Math.random }: RouteOrder = {},
): readonly CatalogRoute[] {
  if (routes.length <= 1) return routes;
  const ready: CatalogRoute[] = [];
  let lastResort: CatalogRoute | null = null;
  let shortestMs = Number.POSITIVE_INFINITY;
  for (const route of routes) {
    const waitMs = health?.waitMs(route) ?? 0;
    if (waitMs === 0) ready.push(route);
    else if (waitMs < shortestMs) {
      shortestMs = waitMs;
      lastResort = route;
    }
  }
  const order = drawByWeight(ready, random);
  if (strategy === "cheapest") order.sort((a, b) => a.priority - b.priority || byCost(a, b));
  if (strategy === "fastest" && health) {
    // Read once: the clock goes on while sorting.
    const expected = new Map(order.map((route) => [route, health.expectMs(route, streamed)]));
    const of = (route: CatalogRoute) => expected.get(route) ?? 0;
    order.sort((a, b) => a.priority - b.priority || of(a) - of(b));
  }
  if (lastResort) order.push(lastResort);
  return order;
}

/** A typical call has about three input tokens to one of output. */
function byCost(a: CatalogRoute, b: CatalogRoute): number {
  const cost = (route: CatalogRoute) => 3n * route.inputCostPico + route.outputCostPico;
  const difference = cost(a) - cost(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function drawByWeight(routes: readonly CatalogRoute[], random: () => number): CatalogRoute[] {
  const order: CatalogRoute[] = [];
  const left = [...routes].sort((a, b) => a.priority - b.priority);
  while (left.length > 0) {
    const priority = left[0]?.priority;
    const equals = left.filter((route) => route.priority === priority);
    let rest = random() * equals.reduce((sum, route) => sum + Math.max(0, route.weight), 0);
    const chosen =
      equals.find((route) => {
        rest -= Math.max(0, route.weight);
        return rest < 0;
      }) ?? equals[0];
    if (!chosen) return order;
    order.push(chosen);
    left.splice(left.indexOf(chosen), 1);
  }
  return order;
}
