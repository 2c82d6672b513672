import { beforeEach, describe, expect, it } from "vitest";
import type { Call } from "@/lib/gateway/call";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { GatewayMetrics } from "@/lib/gateway/metrics";
import { RouteHealth } from "@/lib/gateway/routing/route-health";
import { aRoute } from "@/lib/gateway/routing/test-route";
import { isFailure, tryRoutes } from "./try-routes";
import { failureError, type UpstreamFailure } from "./upstream-failure";

const [a, b, c] = [aRoute("a"), aRoute("b"), aRoute("c")];
let health: RouteHealth;
let metrics: GatewayMetrics;
let call: Call;
let asked: string[];

beforeEach(() => {
  health = new RouteHealth();
  metrics = new GatewayMetrics();
  asked = [];
  const services = { routeHealth: health, metrics, limits: { retryPauseMs: 1 } };
  call = { services, requestId: "req_1", gone: false } as unknown as Call;
});

const status = (code: number, more: Partial<UpstreamFailure> = {}): UpstreamFailure => ({
  failed: true,
  kind: "status",
  status: code,
  body: '{"error":{"message":"no"}}',
  ...more,
});
const unsupported = (message: string): UpstreamFailure => ({
  failed: true,
  kind: "unsupported",
  refusal: new GatewayError("unsupported_capability", { message }),
});

/** Answers by route, in turn; what is left over counts as an answer. */
function script(answers: Record<string, UpstreamFailure[]>, routes = [a, b, c]) {
  return tryRoutes(
    call,
    routes,
    async (route) => {
      asked.push(route.id);
      return answers[route.id]?.shift() ?? { answer: route.id };
    },
    true,
  );
}
const kinds = (tried: Awaited<ReturnType<typeof script>>) =>
  tried.attempts.map(({ route, kind, status: code }) => `${route} ${kind} ${code}`);

describe("trying the routes of a model", () => {
  it("ends with the first that answers", async () => {
    const tried = await script({});
    expect(tried).toMatchObject({ route: a, fallbacks: 0, result: { answer: "a" }, attempts: [] });
  });

  it("tries a route twice where that may help, then the next", async () => {
    const tried = await script({ a: [status(500), status(503)], b: [{ failed: true, kind: "reset" }] });
    expect(asked).toEqual(["a", "a", "b", "b"]);
    expect(tried).toMatchObject({ route: b, fallbacks: 1, result: { answer: "b" } });
    expect(kinds(tried)).toEqual(["a http 500", "a http 503", "b reset null"]);
    expect(tried.attempts[0]).toMatchObject({ connection: "con_a", ms: expect.any(Number) });
  });

  it("leaves a route at once that timed out, or refuses our account", async () => {
    for (const failure of [status(401), status(402), status(403), status(404)]) {
      asked = [];
      expect(await script({ a: [failure] })).toMatchObject({ route: b, fallbacks: 1 });
      expect(asked).toEqual(["a", "b"]);
    }
    asked = [];
    const late = await script({ a: [{ failed: true, kind: "timeout", detail: "first byte" }] });
    expect([asked, kinds(late)]).toEqual([["a", "b"], ["a timeout null"]]);
  });

  it("tells the caller at once what the caller did wrong, and holds it against no route", async () => {
    const tried = await script({ a: [status(400)] });
    expect(asked).toEqual(["a"]);
    if (!isFailure(tried.result)) throw new Error("it answered");
    expect(failureError(tried.result, tried.route)).toMatchObject({
      code: "invalid_request_error",
      message: "no",
    });
    for (let i = 0; i < 9; i++) await script({ a: [status(400)] });
    expect(health.state(a)).toBe("closed");
  });

  it("goes to the next route at once when one is rate limited, and lets it rest", async () => {
    const tried = await script({ a: [status(429, { retryAfterMs: 30_000 })] });
    expect([asked, tried.fallbacks]).toEqual([["a", "b"], 1]);
    expect(kinds(tried)).toEqual(["a rate_limited 429"]);
    expect(health.waitMs(a)).toBeGreaterThan(29_000);
    expect(health.state(a)).toBe("closed");
  });

  it("waits as long as the only route asks, within bounds; beyond them the caller is told how long", async () => {
    const startMs = performance.now();
    const tried = await script({ a: [status(429, { retryAfterMs: 120 })] }, [a]);
    expect([asked, tried.result]).toEqual([["a", "a"], { answer: "a" }]);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(115);
    const body = '{"error":{"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"34.5s"}]}}';
    const told = await script({ b: [status(429, { body })] }, [b]);
    if (!isFailure(told.result)) throw new Error("it answered");
    expect(failureError(told.result, b)).toMatchObject({
      code: "upstream_unavailable",
      retryAfterMs: 34_500,
    });
  });

  it("asks another route for what one cannot say", async () => {
    const tried = await script({ a: [unsupported("no images")] });
    expect(tried).toMatchObject({ route: b, fallbacks: 1, result: { answer: "b" } });
  });

  it("says that a call cannot be said only where no route could, with the words of the first", async () => {
    const tried = await script({ a: [unsupported("A")], b: [unsupported("B")], c: [unsupported("C")] });
    if (!isFailure(tried.result)) throw new Error("it answered");
    expect(failureError(tried.result, tried.route)).toMatchObject({
      code: "unsupported_capability",
      message: "A",
    });
    expect(tried.route).toBe(a);
    const mixed = await script({ a: [unsupported("A")], b: [status(401)], c: [unsupported("C")] });
    if (!isFailure(mixed.result)) throw new Error("it answered");
    expect([mixed.route.id, failureError(mixed.result, b).code]).toEqual(["b", "upstream_unavailable"]);
  });

  it("takes a translator's refusal for the route's, and any other exception for a fault of ours", async () => {
    const refuse = (error: Error) =>
      tryRoutes(call, [a, b], async (route) => {
        if (route === a) throw error;
        return { answer: route.id };
      });
    await expect(refuse(new GatewayError("unsupported_capability"))).resolves.toMatchObject({ route: b });
    await expect(refuse(new TypeError("bug"))).rejects.toThrow("bug");
  });

  it("stops when the caller has gone", async () => {
    const tried = await tryRoutes(call, [a, b], async (route) => {
      asked.push(route.id);
      call.gone = true;
      return status(500);
    });
    expect([asked, tried.result]).toEqual([["a"], { failed: true, kind: "gone" }]);
    expect(await script({ a: [{ failed: true, kind: "gone" }] })).toMatchObject({ attempts: [] });
  });

  it("opens the breaker of a route that keeps failing, and closes it when it answers", async () => {
    for (let i = 0; i < 3; i++) await script({ a: [status(500), status(500)] });
    expect(health.state(a)).toBe("open");
    asked = [];
    // An open route that must do gets one try while another is left.
    await script({ a: [status(500)] }, [a, b]);
    expect(asked).toEqual(["a", "b"]);
    await script({}, [a]);
    expect(health.state(a)).toBe("closed");
  });

  it("counts and names what the operator has to mend", async () => {
    const faults: [UpstreamFailure, string][] = [
      [status(401), "upstream_key_refused"],
      [status(402), "upstream_no_credit"],
      [status(403), "upstream_forbidden"],
      [status(404), "upstream_model_unknown"],
      [status(404, { body: '{"error":{"code":"DeploymentNotFound"}}' }), "upstream_deployment_unknown"],
      [status(429, { body: '{"error":{"code":"insufficient_quota"}}' }), "upstream_no_quota"],
      [status(302), "upstream_redirects"],
      [{ failed: true, kind: "blocked", detail: "x" }, "upstream_address_blocked"],
      [{ failed: true, kind: "connect", detail: "ENOTFOUND" }, "upstream_name_unknown"],
      [{ failed: true, kind: "connect", detail: "CERT_HAS_EXPIRED" }, "upstream_certificate_bad"],
    ];
    for (const [failure, alert] of faults) {
      const tried = await script({ a: [failure] }, [a]);
      if (!isFailure(tried.result)) throw new Error("it answered");
      expect([alert, failureError(tried.result, a).code]).toEqual([alert, "upstream_unavailable"]);
      expect(await metrics.registry.metrics()).toContain(`tollgate_alerts_total{alert="${alert}"} 1`);
    }
  });

  it("measures how soon a route answers", async () => {
    await tryRoutes(call, [a], async () => new Promise((resolve) => setTimeout(resolve, 25, {})), true);
    expect(health.expectMs(a, true)).toBeGreaterThan(20);
    expect(health.expectMs(a, false)).toBe(0);
  });
});
