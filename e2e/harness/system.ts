import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ownFolder } from "@/e2e/harness/own-folder";
import { freePort } from "@/lib/run/free-port.mjs";
import { ROOT } from "@/lib/run/root.mjs";

/** A first start may build the dashboard. */
const START_TIMEOUT_MS = 240_000;
const READY_TIMEOUT_MS = 60_000;

export interface CliAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

export interface SystemOptions {
  /** Settings of the start, on top of an environment that has none. */
  env?: Record<string, string>;
  /** An existing data folder, kept at the end; by default a new one, removed. */
  dataDir?: string;
}

type ProcessName = "dashboard" | "gateway" | "worker" | "sandbox";

/** What the test's own shell has set must not reach the product. */
function cleanEnvironment(): Record<string, string | undefined> {
  const ours =
    /^(DATABASE_|TOLLGATE_|STRIPE_|SMTP_|NEXT|PUBLIC_|GATEWAY_|PORT$|MAIL_|NODE_ENV$|LOG_LEVEL$|VITEST|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

async function until<T>(
  what: string,
  timeoutMs: number,
  ask: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(50);
  }
  throw new Error(`${what}: not within ${timeoutMs / 1_000} s`);
}

/** The whole product as a person starts it, on ports and in a folder of its own. */
export class System {
  private supervisor: ChildProcess | undefined;
  private output = "";
  readonly env: Record<string, string | undefined>;

  private constructor(
    readonly dataDir: string,
    readonly port: number,
    readonly gatewayPort: number,
    private readonly ownsData: boolean,
    env: Record<string, string>,
  ) {
    this.env = {
      ...cleanEnvironment(),
      PORT: String(port),
      GATEWAY_PORT: String(gatewayPort),
      TOLLGATE_DATA_DIR: dataDir,
      ...env,
    };
  }

  static async start(options: SystemOptions = {}): Promise<System> {
    const dataDir = options.dataDir ?? ownFolder("system");
    const { PORT, GATEWAY_PORT } = options.env ?? {};
    const port = Number(PORT ?? (await freePort()));
    const gatewayPort = Number(GATEWAY_PORT ?? (await freePort()));
    const system = new System(dataDir, port, gatewayPort, !options.dataDir, options.env ?? {});
    try {
      await system.launch();
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  /** Origin of the dashboard. */
  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Origin of the gateway, without /v1. */
  get apiUrl(): string {
    return `http://localhost:${this.gatewayPort}`;
  }

  /** The embedded database as its superuser, for tests that read the books beside the running product. */
  get databaseUrl(): string {
    const read = (file: string) => JSON.parse(readFileSync(join(this.dataDir, file), "utf8"));
    return `postgresql://postgres:${read("secrets.json").superPassword}@127.0.0.1:${read("postgres.json").port}/tollgate`;
  }

  /** What the supervisor printed so far. */
  get log(): string {
    return this.output;
  }

  /** Starts the supervisor (again) and waits until everything answers. */
  async launch(): Promise<void> {
    const child = spawn(process.execPath, [join(ROOT, "lib/run/start.mjs")], {
      cwd: ROOT,
      env: this.env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.supervisor = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        this.output += chunk;
      });
    }
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`the system did not start in time:\n${this.output}`)),
        START_TIMEOUT_MS,
      );
      child.on("message", () => {
        clearTimeout(timer);
        resolve();
      });
      child.on("exit", (code) => {
        clearTimeout(timer);
        reject(new Error(`the system ended with code ${code}:\n${this.output}`));
      });
    });
  }

  /** Runs `tollgate ARGS` on this system's database, whether or not it runs. */
  cli(...args: string[]): Promise<CliAnswer> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(ROOT, "lib/run/cli.mjs"), ...args], {
        cwd: ROOT,
        env: this.env as NodeJS.ProcessEnv,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const answer: CliAnswer = { code: 1, stdout: "", stderr: "" };
      child.stdout.on("data", (chunk) => {
        answer.stdout += chunk;
      });
      child.stderr.on("data", (chunk) => {
        answer.stderr += chunk;
      });
      child.on("error", reject);
      child.on("close", (code) => resolve({ ...answer, code: code ?? 1 }));
    });
  }

  /** The same with --json; throws with its words when it fails. */
  async cliJson<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.cli(...args, "--json");
    if (code !== 0) throw new Error(`tollgate ${args.join(" ")} ended with ${code}: ${stderr || stdout}`);
    return JSON.parse(stdout) as T;
  }

  pidOf(name: ProcessName): number {
    const { children } = JSON.parse(readFileSync(join(this.dataDir, "run.json"), "utf8"));
    return children[name];
  }

  /** Ends one process; the supervisor starts it again. Resolves with the old process id. */
  kill(name: ProcessName, signal: NodeJS.Signals = "SIGKILL"): number {
    const pid = this.pidOf(name);
    process.kill(pid, signal);
    return pid;
  }

  /** Ends one process and waits until its successor answers. */
  async restart(name: "dashboard" | "gateway", signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const before = this.kill(name, signal);
    await until(`a new ${name}`, READY_TIMEOUT_MS, () => (this.pidOf(name) !== before ? true : undefined));
    await this.waitReady(name);
  }

  async waitReady(name: "dashboard" | "gateway"): Promise<void> {
    const origin = name === "dashboard" ? this.url : this.apiUrl;
    await until(`the ${name} ready`, READY_TIMEOUT_MS, async () => {
      const answer = await fetch(`${origin}/readyz`).catch(() => undefined);
      await answer?.body?.cancel();
      return answer?.ok ? true : undefined;
    });
  }

  /** "immediate" is what a power cut does to Postgres: no checkpoint, no goodbye. The supervisor starts it again. */
  killPostgres(mode: "fast" | "immediate" | "kill" = "immediate"): void {
    const pidFile = readFileSync(join(this.dataDir, "postgres/postmaster.pid"), "utf8");
    const signals = { fast: "SIGINT", immediate: "SIGQUIT", kill: "SIGKILL" } as const;
    process.kill(Number(pidFile.split("\n")[0]), signals[mode]);
  }

  /** kill -9 of `npm start` itself. */
  async killSupervisor(): Promise<void> {
    const child = this.supervisor;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  /** Ctrl-C, waited for. Answers the exit code. */
  async halt(): Promise<number | null> {
    const child = this.supervisor;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    return code;
  }

  /** Ends everything and removes the data folder, unless it was given. */
  async stop(): Promise<void> {
    await this.halt();
    if (this.ownsData) rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** See {@link System.start}. */
export function startSystem(options: SystemOptions = {}): Promise<System> {
  return System.start(options);
}
