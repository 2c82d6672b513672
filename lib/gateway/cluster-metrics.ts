import cluster from "node:cluster";
import { AggregatorRegistry, type Registry } from "prom-client";

const ASK = "tollgate:metrics?";
const ANSWER = "tollgate:metrics";
const PATIENCE_MS = 6_000;

interface Message {
  type?: string;
  id?: number;
  text?: string | null;
}

let lastId = 0;
const waiting = new Map<number, (text: string | null) => void>();

/** In a worker: lets the primary add this worker's numbers up with those of the others. */
export function shareMetrics(registry: Registry): void {
  // Making one is what lets this process answer the primary.
  new AggregatorRegistry();
  AggregatorRegistry.setRegistries([registry]);
  process.on("message", (message: Message) => {
    if (message?.type === ANSWER && message.id !== undefined) waiting.get(message.id)?.(message.text ?? null);
  });
}

/** In a worker: the metrics of all workers, by way of the primary. Rejects when it does not answer. */
export function clusterMetrics(): Promise<string> {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(null), PATIENCE_MS);
    const settle = (text: string | null) => {
      clearTimeout(timer);
      waiting.delete(id);
      if (text === null) reject(new Error("the metrics of all workers could not be collected"));
      else resolve(text);
    };
    waiting.set(id, settle);
    process.send?.({ type: ASK, id });
  });
}

/** In the primary: answers what workers ask. */
export function answerMetrics(): void {
  const registry = new AggregatorRegistry();
  cluster.on("message", async (worker, message: Message) => {
    if (message?.type !== ASK) return;
    const text = await registry.clusterMetrics().catch(() => null);
    worker.send({ type: ANSWER, id: message.id, text });
  });
}
