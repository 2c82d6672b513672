import cluster, { type Worker } from "node:cluster";
import { answerMetrics } from "@/lib/gateway/cluster-metrics";
import { log } from "@/lib/log";
import { EXIT_SETTINGS } from "@/lib/run/exit-settings";

const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Several gateway processes on one port, each an instance of its own; one that ends is started again. */
export class GatewayWorkers {
  private stopping = false;
  private pauseMs = PAUSE_MS;

  constructor(private readonly count: number) {}

  /** Resolves when all listen; rejects when one ends before it ever did. */
  async start(): Promise<void> {
    answerMetrics();
    await Promise.all(Array.from({ length: this.count }, () => this.first()));
    cluster.on("listening", () => {
      this.pauseMs = PAUSE_MS;
    });
    cluster.on("exit", (worker, code, signal) => this.replace(worker, code, signal));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve) => {
            worker.once("exit", () => resolve());
            if (!worker.process.kill("SIGTERM")) resolve();
          }),
      ),
    );
  }

  private first(): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = cluster.fork();
      const failed = (code: number) =>
        reject(new Error(`a gateway worker ended with code ${code} as it started`));
      worker.once("exit", failed);
      worker.once("listening", () => {
        worker.off("exit", failed);
        resolve();
      });
    });
  }

  private replace(worker: Worker, code: number, signal: string): void {
    if (this.stopping) return;
    log.error({ pid: worker.process.pid, code, signal }, "a gateway worker ended; another one starts");
    if (code === EXIT_SETTINGS) return;
    setTimeout(() => {
      if (!this.stopping) cluster.fork();
    }, this.pauseMs);
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
  }
}
