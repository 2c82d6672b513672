import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "@/lib/run/root.mjs";

/** A process of the bench: the upstream, the bare proxy, a load. It ends with this one. */
export class Part {
  private constructor(
    private readonly child: ChildProcess,
    /** Where it listens; 0 for one that does not. */
    readonly port: number,
  ) {}

  static async start(file: string, ...args: string[]): Promise<Part> {
    const child = fork(join(ROOT, "e2e/bench/processes", file), args, { execArgv: [] });
    const { port } = await next<{ port: number }>(child, file);
    return new Part(child, port);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Sends an order and waits for its answer. */
  ask<T>(order: object): Promise<T> {
    const answer = next<T>(this.child, "a part of the bench");
    this.child.send(order);
    return answer;
  }

  stop(): void {
    this.child.kill();
  }
}

function next<T>(child: ChildProcess, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`${name} ended with code ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message as T);
    });
  });
}
