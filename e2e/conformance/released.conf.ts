import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AgentUpstream, ANSWER, CONTENT, FILE } from "@/e2e/conformance/agent-upstream";
import { CLI_CLIENTS, type CliClient } from "@/e2e/conformance/clients";
import { type System, startSystem } from "@/e2e/harness/system";
import { ROOT } from "@/lib/run/root.mjs";

/**
 * The released clients, unmodified and headless, against a running gateway, each set up by the very block that Setup
 * gives. Installed on demand under .data/, never as dependencies. Prints a dated table for the README.
 */
const SHELF = join(ROOT, ".data/conformance");
const MODEL = "demo/agent";
const CASES = ["answer", "tool", "wrong key", "unknown model", "no credit"] as const;
type Case = (typeof CASES)[number];
const table = new Map<string, Partial<Record<Case, string>>>();

let system: System;
let upstream: AgentUpstream;
let secret = "";
let poor = "";

beforeAll(async () => {
  await install("node", "24");
  upstream = await new AgentUpstream().start();
  system = await startSystem();
  const cli = async (...args: string[]) => {
    const answer = await system.cli(...args);
    if (answer.code !== 0) throw new Error(`${args.join(" ")}: ${answer.stderr}`);
    return answer.stdout;
  };
  await cli(
    "connections",
    "add",
    "--name",
    "agent",
    "--kind",
    "openai-compatible",
    "--url",
    upstream.url,
    "--key",
    "sk-upstream",
    "--private-network",
  );
  await cli(
    "models",
    "add",
    "--id",
    MODEL,
    "--connection",
    "agent",
    "--upstream-id",
    "agent",
    "--context",
    "128000",
    "--max-output",
    "8192",
    "--tools",
    "--input-usd-per-million",
    "1",
    "--output-usd-per-million",
    "2",
  );
  for (const email of ["rich@example.com", "poor@example.com"]) {
    await cli("users", "create", "--email", email, "--password", "violet anchor drumming");
    const made = await cli("keys", "create", "--email", email, "--name", "conformance");
    const key = /sk-tg-\w+/.exec(made)?.[0] ?? "";
    if (email.startsWith("rich")) secret = key;
    else poor = key;
  }
  await cli("credits", "grant", "--email", "rich@example.com", "--usd", "100", "--reason", "conformance");
}, 600_000);

afterAll(async () => {
  const day = new Date().toISOString().slice(0, 10);
  const lines = [
    `| client (${day}) | version | ${CASES.join(" | ")} |`,
    `| --- | --- |${" --- |".repeat(CASES.length)}`,
  ];
  for (const client of CLI_CLIENTS) {
    const row = table.get(client.slug) ?? {};
    lines.push(
      `| ${client.name} | ${client.version} | ${CASES.map((name) => row[name] ?? "not run").join(" | ")} |`,
    );
  }
  console.log(`\n${lines.join("\n")}\n`);
  await system?.stop();
  await upstream?.stop();
});

interface Ran {
  code: number | null;
  output: string;
}

function exec(
  command: string,
  args: string[],
  env: Record<string, string>,
  cwd: string,
  timeoutMs: number,
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    const add = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", add);
    child.stderr.on("data", add);
    const end = (code: number | null) => {
      clearTimeout(timer);
      try {
        // Some leave daemons behind.
        if (child.pid) process.kill(-child.pid, "SIGKILL");
      } catch {
        // Gone already.
      }
      resolve({ code, output });
    };
    const timer = setTimeout(() => end(null), timeoutMs);
    child.on("error", (error) => {
      output += error.message;
      end(127);
    });
    child.on("close", end);
  });
}

async function install(name: string, version: string): Promise<string> {
  const folder = join(SHELF, `${name.replace(/[@/]/g, "_")}-${version}`);
  if (!existsSync(join(folder, "node_modules", name, "package.json"))) {
    mkdirSync(folder, { recursive: true });
    const { PATH = "", HOME = "" } = process.env as Record<string, string>;
    const ran = await exec(
      "npm",
      ["install", "--no-audit", "--no-fund", "--prefix", folder, `${name}@${version}`],
      { PATH, HOME },
      folder,
      300_000,
    );
    if (ran.code !== 0)
      throw new Error(`${name}@${version} could not be installed: ${ran.output.slice(-300)}`);
  }
  return folder;
}

const block = async (client: CliClient, tab: string, key: string, model: string) => {
  const { code, stdout, stderr } = await system.cli(
    "setup",
    "print",
    "--client",
    client.slug,
    "--tab",
    tab,
    "--key",
    key,
    "--model",
    model,
  );
  if (code !== 0) throw new Error(stderr);
  return stdout;
};

/** Runs a client once in a home of its own, set up by the blocks for this key and model. */
async function run(
  client: CliClient,
  folder: string,
  prompt: string,
  use: { key?: string; model?: string } = {},
) {
  const home = join(SHELF, "homes", `${client.slug}-${Math.random().toString(36).slice(2, 8)}`);
  const cwd = join(home, "work");
  mkdirSync(cwd, { recursive: true });
  const { key = secret, model = MODEL } = use;
  const node = join(SHELF, "node-24/node_modules/node/bin");
  const env: Record<string, string> = {
    PATH: `${node}:${join(folder, "node_modules/.bin")}:${process.env.PATH ?? ""}`,
    HOME: home,
    USER: "conformance",
    SHELL: "/bin/bash",
    TERM: "dumb",
    ...client.env,
  };
  for (const { tab, save, exports, runFirstLine } of client.blocks) {
    // Setup offers models that exist; what is to be unknown is put in afterwards, as a person mistypes it.
    const text = (await block(client, tab, key, MODEL)).replaceAll(MODEL, model);
    if (save) {
      mkdirSync(dirname(join(home, save)), { recursive: true });
      writeFileSync(join(home, save), text);
    }
    if (exports) {
      for (const [, name, value] of text.matchAll(/^export (\w+)=(.*)$/gm)) {
        if (name) env[name] = (value ?? "").replace(/^(['"])(.*)\1$/, "$2");
      }
    }
    if (runFirstLine) await exec("bash", ["-c", text.split("\n")[0] ?? ""], env, cwd, 60_000);
  }
  const [command = "", ...args] = client.command(prompt, model);
  const ran = await exec(command, args, env, cwd, 120_000);
  const file = join(cwd, FILE);
  const written = existsSync(file) ? readFileSync(file, "utf8") : null;
  rmSync(home, { recursive: true, force: true });
  return { ...ran, written };
}

describe.each(CLI_CLIENTS)("$name $version", (client) => {
  let folder = "";
  const note = (name: Case, said: string) =>
    table.set(client.slug, { ...table.get(client.slug), [name]: said });
  beforeAll(async () => {
    try {
      folder = await install(client.package, client.version);
    } catch (error) {
      for (const name of CASES) note(name, "left out: not installable here");
      throw error;
    }
  }, 400_000);

  it("answers", async () => {
    const { output } = await run(client, folder, "say PONG");
    note("answer", output.includes(ANSWER) ? "ok" : "failed");
    expect(output).toContain(ANSWER);
  });

  it("writes a file with its own tool", async () => {
    const { output, written } = await run(client, folder, `Write the file FILE:${FILE} now.`);
    note("tool", written === CONTENT ? "ok" : "failed");
    expect(written, output.slice(-2_000)).toBe(CONTENT);
  });

  it("says that the key is wrong", async () => {
    const wrong = `${secret.slice(0, -4)}AAAA`;
    const { output } = await run(client, folder, "say PONG", { key: wrong });
    const told = /API key/i.test(output) && !output.includes(ANSWER);
    note("wrong key", told ? "ok" : "failed");
    expect(output).toMatch(/API key/i);
  });

  it("says that there is no such model, and which there is", async () => {
    const { output } = await run(client, folder, "say PONG", { model: "demo/agend" });
    const told = /no model|model_not_found|selected model/i.test(output);
    note("unknown model", told ? "ok" : "failed");
    expect(output).toMatch(/no model|model_not_found|selected model/i);
  });

  it("says that credit is missing", async () => {
    const { output } = await run(client, folder, "say PONG", { key: poor });
    note("no credit", /credit/i.test(output) ? "ok" : "failed");
    expect(output).toMatch(/credit/i);
  });
});
