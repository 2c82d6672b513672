import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { EXIT_SETTINGS } from "@/lib/run/exit-settings";
import { NODE_FLAGS } from "@/lib/run/node-flags";
import { ROOT } from "@/lib/run/root.mjs";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** One that ran this long before it ended is started again at once. */
const STEADY_MS = 60_000;
const SILENCE_MS = 60_000;
const LARGEST_LOG_BYTES = 20_000_000;
/** How often one may end before it was ever ready. */
const MAX_FAILED_STARTS = 3;

export interface ChildOptions {
  name: string;
  env: Record<string, string | undefined>;
  /** A file for its output, or null for ours. */
  logFile: string | null;
  /** Where it says that it is ready; without one it sends the message "ready". */
  readyUrl?: string;
  say: (text: string) => void;
  /** Called with each new process id. */
  onStart: (pid: number) => void;
  /** Called when it cannot be started at all. */
  onHopeless: (reason: string) => void;
}

/** One process of the product, started again whenever it ends by itself. */
export class Child {
  private process: ChildProcess | undefined;
  private stopping = false;
  private everReady = false;
  private failedStarts = 0;
  private pauseMs = FIRST_PAUSE_MS;
  private startedMs = 0;
  private timer: NodeJS.Timeout | undefined;
  private pulse: NodeJS.Timeout | undefined;
  private markReady: () => void = () => {};
  private readonly readiness = new Promise<void>((resolve) => {
    this.markReady = resolve;
  });

  constructor(private readonly options: ChildOptions) {}

  get pid(): number | undefined {
    return this.process?.pid;
  }

  start(): void {
    const { name, env, logFile } = this.options;
    const output = logFile ? openLog(logFile) : "inherit";
    const tether = pathToFileURL(join(ROOT, "lib/run/tether.mjs")).href;
    const flags = ["--enable-source-maps", ...(NODE_FLAGS[name] ?? [])];
    const args = [...flags, "--import", tether, join(ROOT, `.build/${name}.mjs`)];
    // In a group of its own: Ctrl-C reaches the supervisor alone, which stops the processes in their order.
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: env as NodeJS.ProcessEnv,
      detached: true,
      stdio: ["ignore", output, output, "ipc"],
    });
    if (typeof output === "number") closeSync(output);
    this.process = child;
    this.startedMs = Date.now();
    if (child.pid) this.options.onStart(child.pid);
    child.on("message", (message) => {
      if (message === "ready") this.becameReady();
      else this.listenForPulse(child);
    });
    child.on("error", (error) => this.options.say(`${name} could not be started: ${error.message}`));
    child.on("exit", (code, signal) => this.ended(code, signal));
    if (this.options.readyUrl) void this.watch(child, this.options.readyUrl);
  }

  /** Resolves once it is ready for the first time. */
  ready(): Promise<void> {
    return this.readiness;
  }

  /** Asks it to stop, and ends it when the deadline has passed. */
  async stop(deadlineMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), deadlineMs);
    await gone;
    clearTimeout(timer);
  }

  private becameReady(): void {
    this.everReady = true;
    this.markReady();
  }

  /** A process that has once told that it is alive must go on telling it. */
  private listenForPulse(child: ChildProcess): void {
    clearTimeout(this.pulse);
    this.pulse = setTimeout(() => child.kill("SIGKILL"), SILENCE_MS);
    this.pulse.unref();
  }

  private async watch(child: ChildProcess, url: string): Promise<void> {
    while (this.process === child && child.exitCode === null && child.signalCode === null) {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok) return this.becameReady();
      await sleep(25);
    }
  }

  private ended(code: number | null, signal: NodeJS.Signals | null): void {
    clearTimeout(this.pulse);
    if (this.stopping) return;
    const { name, say, onHopeless } = this.options;
    const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
    if (!this.everReady) this.failedStarts += 1;
    if (code === EXIT_SETTINGS || this.failedStarts >= MAX_FAILED_STARTS) {
      onHopeless(`The ${name} cannot start: it ${how}.\n${this.lastWords()}`);
      return;
    }
    if (Date.now() - this.startedMs > STEADY_MS) this.pauseMs = FIRST_PAUSE_MS;
    say(`The ${name} ${how}; starting it again in ${(this.pauseMs / 1_000).toFixed(2)} s.`);
    this.timer = setTimeout(() => this.start(), this.pauseMs);
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
  }

  private lastWords(): string {
    const { logFile } = this.options;
    if (!logFile || !existsSync(logFile)) return "";
    return readFileSync(logFile, "utf8").trim().split("\n").slice(-15).join("\n");
  }
}

function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o640);
}
