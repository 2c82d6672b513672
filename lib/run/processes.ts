import { existsSync } from "node:fs";
import { join } from "node:path";
import { Child } from "@/lib/run/child";
import { ROOT } from "@/lib/run/root.mjs";

/** How long a process may take to finish what it has begun. Streams may run on for a while. */
const DRAIN_MS = 15_000;

export interface RunOptions {
  env: Record<string, string | undefined>;
  ports: { PORT: number; GATEWAY_PORT: number };
  /** Null sends the output of all to ours. */
  logFolder: string | null;
  sandbox: boolean;
  remember: (children: Record<string, number>) => void;
}

export interface RunOutcome {
  ready: Promise<void>;
  /** Resolves when one of them can never run; never, otherwise. */
  hopeless: Promise<void>;
  failure: () => string | undefined;
}

/** All processes of the product, and the order in which they stop. */
export class Processes {
  private readonly children = new Map<string, Child>();

  constructor(private readonly say: (text: string) => void) {}

  run({ env, ports, logFolder, sandbox, remember }: RunOptions): RunOutcome {
    let failure: string | undefined;
    let giveUp: () => void = () => {};
    const hopeless = new Promise<void>((resolve) => {
      giveUp = resolve;
    });
    const pids: Record<string, number> = {};
    const wanted: { name: string; readyUrl?: string }[] = [
      { name: "worker" },
      { name: "gateway", readyUrl: `http://127.0.0.1:${ports.GATEWAY_PORT}/readyz` },
      { name: "dashboard", readyUrl: `http://127.0.0.1:${ports.PORT}/readyz` },
    ];
    if (sandbox) wanted.unshift({ name: "sandbox" });
    for (const { name, readyUrl } of wanted) {
      if (!existsSync(join(ROOT, `.build/${name}.mjs`))) continue;
      const child = new Child({
        name,
        env,
        logFile: logFolder ? join(logFolder, `${name}.log`) : null,
        ...(readyUrl ? { readyUrl } : {}),
        say: this.say,
        onStart: (pid) => {
          pids[name] = pid;
          remember(pids);
        },
        onHopeless: (reason) => {
          failure = reason;
          giveUp();
        },
      });
      this.children.set(name, child);
      child.start();
    }
    const ready = Promise.all([...this.children.values()].map((child) => child.ready())).then(() => {});
    return { ready, hopeless, failure: () => failure };
  }

  /** Those that people call first, then those that they in turn need. */
  async stop(): Promise<void> {
    for (const group of [
      ["gateway", "dashboard"],
      ["worker", "sandbox"],
    ]) {
      await Promise.all(group.map((name) => this.children.get(name)?.stop(DRAIN_MS)));
    }
  }
}
