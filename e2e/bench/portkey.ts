import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "@/lib/run/free-port.mjs";
import { ROOT } from "@/lib/run/root.mjs";

const VERSION = "1.15.2";
const FOLDER = join(ROOT, ".data/bench/portkey");
const INSTALL_TIMEOUT_MS = 180_000;
const START_TIMEOUT_MS = 30_000;

export interface Peer {
  pid: number;
  port: number;
  stop(): void;
}

/**
 * Portkey's gateway from npm, installed on demand, never a dependency. As published it answers each stream with 500:
 * @hono/node-server is held at 1.14.1 (https://github.com/Portkey-AI/gateway/issues/1389). Throws with npm's words
 * when it cannot be had.
 */
export async function startPortkey(): Promise<Peer> {
  const entry = join(FOLDER, "node_modules/@portkey-ai/gateway/build/start-server.js");
  if (!existsSync(entry)) await install();
  const port = await freePort();
  const child = spawn(process.execPath, [entry, `--port=${port}`, "--headless"], {
    cwd: FOLDER,
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
    stdio: "ignore",
  });
  await untilItAnswers(child, port);
  return { pid: child.pid ?? 0, port, stop: () => child.kill("SIGKILL") };
}

async function install(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const manifest = {
    private: true,
    dependencies: { "@portkey-ai/gateway": VERSION },
    overrides: { "@hono/node-server": "1.14.1" },
  };
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify(manifest));
  await promisify(execFile)(
    "npm",
    ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: FOLDER,
      timeout: INSTALL_TIMEOUT_MS,
    },
  );
}

async function untilItAnswers(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer) return;
    await sleep(100);
  }
  child.kill("SIGKILL");
  throw new Error("Portkey's gateway did not start");
}
