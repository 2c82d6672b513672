import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What a gateway process counts, for Prometheus. Labels are bounded: never a key, a workspace or a path. */
export class GatewayMetrics {
  readonly registry = new Registry();

  readonly requests = new Counter({
    name: "tollgate_requests_total",
    help: "Answered requests by endpoint and status",
    labelNames: ["endpoint", "status"] as const,
    registers: [this.registry],
  });
  readonly calls = new Counter({
    name: "tollgate_calls_total",
    help: "Settled model calls by outcome",
    labelNames: ["outcome"] as const,
    registers: [this.registry],
  });
  readonly callSeconds = new Histogram({
    name: "tollgate_call_seconds",
    help: "Time from arrival to the last byte of a model call",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    registers: [this.registry],
  });
  readonly queuedSeconds = new Histogram({
    name: "tollgate_queued_seconds",
    help: "Time from arrival until the call was sent upstream",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });
  readonly upstreamFailures = new Counter({
    name: "tollgate_upstream_failures_total",
    help: "Failed tries by kind",
    labelNames: ["kind"] as const,
    registers: [this.registry],
  });
  readonly alerts = new Counter({
    name: "tollgate_alerts_total",
    help: "Faults that the operator has to mend, by name",
    labelNames: ["alert"] as const,
    registers: [this.registry],
  });
  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: "tollgate_" });
  }

  /** Model calls in flight, read when asked. */
  watchOpenCalls(count: () => number): void {
    new Gauge({
      name: "tollgate_open_calls",
      help: "Model calls in flight",
      registers: [this.registry],
      collect() {
        this.set(count());
      },
    });
  }
}
