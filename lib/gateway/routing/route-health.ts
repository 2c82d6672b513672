import { Gauge, type Registry } from "prom-client";
import type { CatalogRoute } from "@/lib/catalog/types";
import { FailureWindow } from "@/lib/gateway/routing/failure-window";
import { Pace } from "@/lib/gateway/routing/pace";

export type BreakerState = "closed" | "half_open" | "open";

/** A route is opened after this many failures within the window, if at least half of its tries failed. */
const LEAST_FAILURES = 5;
const LEAST_SHARE = 0.5;
/** How long an opened route is left alone; twice as long after each probe that fails. */
const FIRST_OPEN_MS = 10_000;
const LONGEST_OPEN_MS = 120_000;
/** A probe that never reported back stands in nobody's way for longer than this. */
const PROBE_MS = 60_000;
/** A rate limit that an upstream sets for itself is believed for this long at most. */
const LONGEST_COOLING_MS = 60_000;

interface Health {
  route: CatalogRoute;
  window: FailureWindow;
  open: boolean;
  /** Until when an open route is left alone. */
  openUntilMs: number;
  openForMs: number;
  /** When the probe of an open route began; null while none runs. */
  probeAtMs: number | null;
  /** Until when the upstream wants no calls (429). */
  coolUntilMs: number;
  streams: Pace;
  plain: Pace;
}

export interface RouteHealthOptions {
  /** Milliseconds on any steady clock. */
  now?: () => number;
  /** Told when a breaker opens or closes. */
  onChange?: (route: CatalogRoute, state: "open" | "closed") => void;
}

/**
 * What this process knows of every route from its own calls: a circuit breaker over a rolling window, a pause that an
 * upstream asked for, and how soon it begins to answer. Nothing of it is shared with other processes or kept.
 */
export class RouteHealth {
  private readonly known = new Map<string, Health>();
  private readonly now: () => number;
  private readonly onChange: (route: CatalogRoute, state: "open" | "closed") => void;

  constructor(options: RouteHealthOptions = {}) {
    this.now = options.now ?? (() => performance.now());
    this.onChange = options.onChange ?? (() => undefined);
  }

  state(route: CatalogRoute): BreakerState {
    const health = this.known.get(route.id);
    if (!health?.open) return "closed";
    return this.now() >= health.openUntilMs ? "half_open" : "open";
  }

  /** Whether a call should go there: its breaker is closed, or due for a probe that nobody else makes. */
  isReady(route: CatalogRoute): boolean {
    return this.waitMs(route) === 0;
  }

  /** How long until a call should go there; 0 for now. The least of several is the least bad. */
  waitMs(route: CatalogRoute): number {
    const health = this.known.get(route.id);
    if (!health) return 0;
    const now = this.now();
    let until = health.coolUntilMs;
    if (health.open) {
      until = Math.max(until, health.openUntilMs);
      if (health.probeAtMs !== null) until = Math.max(until, health.probeAtMs + PROBE_MS);
    }
    return Math.max(0, until - now);
  }

  /** A try begins. Of an open route, it is the probe. */
  begin(route: CatalogRoute): void {
    const health = this.known.get(route.id);
    if (!health) return;
    health.route = route;
    if (health.open) health.probeAtMs = this.now();
  }

  /** The route answered. `beganMs`: how long until it did, null where that says nothing. */
  succeed(route: CatalogRoute, streamed: boolean, beganMs: number | null): void {
    const health = this.of(route);
    const now = this.now();
    health.window.note(false, now);
    if (beganMs !== null) (streamed ? health.streams : health.plain).note(beganMs, now);
    if (!health.open) return;
    health.open = false;
    health.probeAtMs = null;
    health.openForMs = FIRST_OPEN_MS;
    health.window.clear();
    this.onChange(route, "closed");
  }

  /** It did not, and another call would hardly fare better. Also for a stream that broke. */
  fail(route: CatalogRoute): void {
    const health = this.of(route);
    const now = this.now();
    health.window.note(true, now);
    if (health.open) {
      const probed = now >= health.openUntilMs;
      health.probeAtMs = null;
      if (!probed) return;
      health.openForMs = Math.min(LONGEST_OPEN_MS, health.openForMs * 2);
      health.openUntilMs = now + health.openForMs;
      return;
    }
    const { tried, failed } = health.window.read(now);
    if (failed < LEAST_FAILURES || failed < tried * LEAST_SHARE) return;
    health.open = true;
    health.openUntilMs = now + health.openForMs;
    this.onChange(route, "open");
  }

  /** The try ended without saying anything about the route: the caller hung up, or the route cannot say the call. */
  release(route: CatalogRoute): void {
    const health = this.known.get(route.id);
    if (health) health.probeAtMs = null;
  }

  /** The upstream wants no calls for a while. */
  cool(route: CatalogRoute, forMs: number): void {
    const health = this.of(route);
    health.probeAtMs = null;
    health.coolUntilMs = Math.max(health.coolUntilMs, this.now() + Math.min(forMs, LONGEST_COOLING_MS));
  }

  /** Milliseconds until it begins to answer, as measured here; 0 where nothing was measured. */
  expectMs(route: CatalogRoute, streamed: boolean): number {
    const health = this.known.get(route.id);
    if (!health) return 0;
    return (streamed ? health.streams : health.plain).expectMs(this.now());
  }

  /** The catalogue was read anew: routes that are gone are forgotten, open ones may have been mended. */
  keepOnly(routes: Iterable<CatalogRoute>): void {
    const wanted = new Map<string, CatalogRoute>();
    for (const route of routes) wanted.set(route.id, route);
    for (const [id, health] of this.known) {
      const route = wanted.get(id);
      if (!route) {
        this.known.delete(id);
        continue;
      }
      health.route = route;
      health.openUntilMs = Math.min(health.openUntilMs, this.now());
      health.coolUntilMs = 0;
    }
  }

  /** Publishes every breaker's state: 0 closed, 1 half open, 2 open; the worst of all workers. */
  publish(registry: Registry): void {
    const health = this;
    new Gauge({
      name: "tollgate_route_breaker",
      help: "Circuit breaker of a route: 0 closed, 1 half open, 2 open",
      labelNames: ["route", "connection", "upstream_model"] as const,
      aggregator: "max",
      registers: [registry],
      collect() {
        this.reset();
        for (const { route } of health.known.values()) {
          const labels = {
            route: route.id,
            connection: route.connection.name,
            upstream_model: route.upstreamId,
          };
          this.set(labels, ["closed", "half_open", "open"].indexOf(health.state(route)));
        }
      },
    });
  }

  private of(route: CatalogRoute): Health {
    let health = this.known.get(route.id);
    if (!health) {
      health = {
        route,
        window: new FailureWindow(),
        open: false,
        openUntilMs: 0,
        openForMs: FIRST_OPEN_MS,
        probeAtMs: null,
        coolUntilMs: 0,
        streams: new Pace(),
        plain: new Pace(),
      };
      this.known.set(route.id, health);
    }
    return health;
  }
}
