import { Registry } from "prom-client";
import { beforeEach, describe, expect, it } from "vitest";
import { aRoute } from "@/lib/gateway/routing/test-route";
import { RouteHealth } from "./route-health";

const route = aRoute("a");
let nowMs = 1_000_000;
let changes: string[] = [];
let health: RouteHealth;

const failTimes = (times: number) => {
  for (let i = 0; i < times; i++) {
    health.begin(route);
    health.fail(route);
  }
};

beforeEach(() => {
  nowMs = 1_000_000;
  changes = [];
  health = new RouteHealth({
    now: () => nowMs,
    onChange: ({ id }, state) => changes.push(`${id} ${state}`),
  });
});

describe("a route's circuit breaker", () => {
  it("opens after five failures, and tells once", () => {
    failTimes(4);
    expect([health.state(route), health.isReady(route)]).toEqual(["closed", true]);
    failTimes(3);
    expect([health.state(route), health.isReady(route), changes]).toEqual(["open", false, ["a open"]]);
  });

  it("stays closed while most calls succeed", () => {
    for (let i = 0; i < 50; i++) health.succeed(route, true, 10);
    failTimes(40);
    expect(health.state(route)).toBe("closed");
    failTimes(10);
    expect(health.state(route)).toBe("open");
  });

  it("forgets failures that lie more than half a minute back", () => {
    for (let i = 0; i < 20; i++) {
      failTimes(1);
      nowMs += 10_000;
    }
    expect(health.state(route)).toBe("closed");
    nowMs += 30_000;
    failTimes(4);
    nowMs += 3_600_000;
    failTimes(4);
    expect(health.state(route)).toBe("closed");
  });

  it("lets one probe through when its time is over, and closes when that succeeds", () => {
    failTimes(5);
    nowMs += 9_999;
    expect([health.state(route), health.isReady(route)]).toEqual(["open", false]);
    nowMs += 1;
    expect([health.state(route), health.isReady(route)]).toEqual(["half_open", true]);
    health.begin(route);
    expect(health.isReady(route)).toBe(false);
    health.succeed(route, false, 5);
    expect([health.state(route), health.isReady(route), changes]).toEqual([
      "closed",
      true,
      ["a open", "a closed"],
    ]);
    // The old failures are gone with it.
    failTimes(4);
    expect(health.state(route)).toBe("closed");
  });

  it("waits twice as long after each probe that fails, up to two minutes", () => {
    failTimes(5);
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      nowMs += health.waitMs(route);
      failTimes(1);
      waits.push(health.waitMs(route));
    }
    expect(waits).toEqual([20_000, 40_000, 80_000, 120_000, 120_000, 120_000]);
  });

  it("is not blocked by a probe that never reports back, nor by one that says nothing", () => {
    failTimes(5);
    nowMs += 10_000;
    health.begin(route);
    expect(health.isReady(route)).toBe(false);
    health.release(route);
    expect(health.isReady(route)).toBe(true);
    health.begin(route);
    nowMs += 60_000;
    expect(health.isReady(route)).toBe(true);
  });

  it("takes a success of a call that was sent there for want of another for what it is", () => {
    failTimes(5);
    health.begin(route);
    health.succeed(route, true, 1);
    expect(health.state(route)).toBe("closed");
  });

  it("rests when the upstream asks for it, but believes no absurd time", () => {
    health.cool(route, 5_000);
    expect([health.state(route), health.waitMs(route)]).toEqual(["closed", 5_000]);
    health.cool(route, 3_600_000);
    expect(health.waitMs(route)).toBe(60_000);
    nowMs += 60_000;
    expect(health.isReady(route)).toBe(true);
  });

  it("gets a chance at once when the catalogue changed, and is forgotten when it is gone", () => {
    failTimes(5);
    health.keepOnly([route]);
    expect([health.state(route), health.isReady(route)]).toEqual(["half_open", true]);
    health.keepOnly([]);
    expect(health.state(route)).toBe("closed");
  });

  it("is published", async () => {
    const registry = new Registry();
    health.publish(registry);
    failTimes(5);
    expect(await registry.metrics()).toContain(
      'tollgate_route_breaker{route="a",connection="con-a",upstream_model="model-a"} 2',
    );
    nowMs += 10_000;
    expect(await registry.metrics()).toMatch(/tollgate_route_breaker\{[^}]*\} 1\n/);
  });
});

describe("the time until a route answers", () => {
  it("is a moving average, apart for streams and plain answers", () => {
    expect(health.expectMs(route, true)).toBe(0);
    health.succeed(route, true, 100);
    health.succeed(route, true, 200);
    health.succeed(route, false, 9_000);
    expect(health.expectMs(route, true)).toBeCloseTo(130);
    expect(health.expectMs(route, false)).toBe(9_000);
  });

  it("fades while nothing is measured, so that a slow route is tried again", () => {
    health.succeed(route, true, 800);
    nowMs += 300_000;
    expect(health.expectMs(route, true)).toBeCloseTo(400);
    nowMs += 600_000;
    expect(health.expectMs(route, true)).toBeCloseTo(100);
  });
});
