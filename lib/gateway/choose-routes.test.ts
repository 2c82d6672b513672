import { describe, expect, it } from "vitest";
import { RouteHealth } from "@/lib/gateway/routing/route-health";
import { aRoute } from "@/lib/gateway/routing/test-route";
import { chooseRoutes } from "./choose-routes";

const route = (id: string, priority: number, weight = 1, costPico = 0n) =>
  aRoute(id, { priority, weight, inputCostPico: costPico, outputCostPico: costPico });

/** A generator that gives the same numbers every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ids = (routes: readonly { id: string }[]) => routes.map(({ id }) => id).join("");
/** A health with a clock of its own. */
function withClock() {
  const clock = { nowMs: 0 };
  return { clock, health: new RouteHealth({ now: () => clock.nowMs }) };
}
const fail = (health: RouteHealth, one: ReturnType<typeof route>) => {
  for (let i = 0; i < 5; i++) health.fail(one);
};

describe("the order of routes", () => {
  it("goes by priority, whatever the weights", () => {
    const random = seeded(7);
    for (let i = 0; i < 50; i++) {
      const order = chooseRoutes([route("c", 2, 9), route("a", 0), route("b", 1, 99)], { random });
      expect(ids(order)).toBe("abc");
    }
  });

  it("goes by weight within a priority, each route once", () => {
    const random = seeded(42);
    const first: Record<string, number> = { a: 0, b: 0, c: 0 };
    const second: Record<string, number> = { a: 0, b: 0, c: 0 };
    for (let i = 0; i < 20_000; i++) {
      const order = ids(chooseRoutes([route("a", 0, 6), route("b", 0, 3), route("c", 0, 1)], { random }));
      expect(order).toHaveLength(3);
      first[order[0] ?? ""] = (first[order[0] ?? ""] ?? 0) + 1;
      second[order[1] ?? ""] = (second[order[1] ?? ""] ?? 0) + 1;
    }
    const share = (count: number | undefined) => (count ?? 0) / 20_000;
    expect([share(first.a), share(first.b), share(first.c)].map((n) => n.toFixed(1))).toEqual([
      "0.6",
      "0.3",
      "0.1",
    ]);
    // Without replacement: b second is a first and b of the rest, or c first and b of the rest.
    expect(share(second.b)).toBeCloseTo(0.6 * (3 / 4) + 0.1 * (3 / 9), 1);
  });

  it("takes a route of no weight only when no other is left", () => {
    for (let i = 0; i < 20; i++) {
      expect(ids(chooseRoutes([route("a", 0, 0), route("b", 0, 1)], { random: seeded(i) }))).toBe("ba");
    }
    expect(ids(chooseRoutes([route("a", 0, 0), route("b", 0, 0)]))).toHaveLength(2);
  });

  it("goes by cost where the model says so, within a priority", () => {
    const routes = [route("a", 0, 100, 30n), route("b", 0, 1, 10n), route("c", 0, 1, 20n), route("d", 1, 1)];
    for (let i = 0; i < 20; i++) {
      expect(ids(chooseRoutes(routes, { strategy: "cheapest", random: seeded(i) }))).toBe("bcad");
    }
  });

  it("goes by measured time where the model says so, unmeasured routes first", () => {
    const { health } = withClock();
    const routes = [route("a", 0), route("b", 0), route("c", 0), route("d", 1)];
    const [a, b, , d] = routes;
    if (!a || !b || !d) throw new Error("three routes");
    health.succeed(a, true, 300);
    health.succeed(b, true, 200);
    health.succeed(d, true, 1);
    const order = { strategy: "fastest" as const, health, streamed: true };
    for (let i = 0; i < 20; i++) {
      expect(ids(chooseRoutes(routes, { ...order, random: seeded(i) }))).toBe("cbad");
    }
    // Plain answers are another measure.
    health.succeed(b, false, 9_000);
    health.succeed(a, false, 5_000);
    expect(ids(chooseRoutes([a, b], { ...order, streamed: false }))).toBe("ab");
  });

  it("leaves out what fails too often while another is there, and keeps one as the last resort", () => {
    const { health, clock } = withClock();
    const a = route("a", 0);
    const b = route("b", 1);
    const c = route("c", 2);
    fail(health, a);
    clock.nowMs = 1_000;
    fail(health, b);
    // Both are open; a will be tried again sooner.
    expect(ids(chooseRoutes([a, b, c], { health }))).toBe("ca");
    fail(health, c);
    expect(ids(chooseRoutes([a, b, c], { health }))).toBe("a");
    clock.nowMs = 10_500;
    expect(ids(chooseRoutes([a, b, c], { health }))).toBe("ab");
    clock.nowMs = 11_500;
    expect(ids(chooseRoutes([a, b, c], { health }))).toBe("abc");
  });
});
