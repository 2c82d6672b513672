import type { GatewayMetrics } from "@/lib/gateway/metrics";
import { RouteHealth } from "@/lib/gateway/routing/route-health";
import { log } from "@/lib/log";

/** The health of this process's routes, its changes logged and counted by an alert's name, its state published. */
export function watchRoutes(metrics: GatewayMetrics): RouteHealth {
  const health = new RouteHealth({
    onChange: ({ id, connection, upstreamId }, state) => {
      const facts = { route: id, connection: connection.name, upstreamModel: upstreamId };
      if (state === "closed") {
        log.info(facts, "a route answers again");
        return;
      }
      metrics.alerts.inc({ alert: "upstream_route_open" });
      log.error(
        { alert: "upstream_route_open", ...facts },
        "a route fails too often and is left alone for a while",
      );
    },
  });
  health.publish(metrics.registry);
  return health;
}
