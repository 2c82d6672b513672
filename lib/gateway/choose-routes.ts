import type { CatalogRoute } from "@/lib/catalog/types";

/**
 * The order in which a model's routes are tried: by priority; among equals by weighted chance, without
 * replacement. `random` gives numbers in [0, 1).
 */
export function chooseRoutes(
  routes: readonly CatalogRoute[],
  random: () => number = Math.random,
): readonly CatalogRoute[] {
  if (routes.length <= 1) return routes;
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
