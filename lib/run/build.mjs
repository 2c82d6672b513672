import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { step } from "./progress.mjs";
import { ROOT } from "./root.mjs";
import { contentStamp } from "./sources.mjs";

const BUILD = join(ROOT, ".build");
const STAMPS = join(BUILD, "stamps.json");
const LOCK = join(BUILD, "lock");
const ENTRIES = ["dashboard", "gateway", "worker", "sandbox", "cli", "supervise"];
const BASE = ["package-lock.json", "tsconfig.json"];

function readStamps() {
  try {
    return JSON.parse(readFileSync(STAMPS, "utf8"));
  } catch {
    return {};
  }
}

function generateClient() {
  return import("./prisma-cli.mjs").then(async ({ runPrisma }) => {
    const { code, output } = await runPrisma(["generate"]);
    if (code !== 0) throw new Error(`The database client could not be generated.\n${output.trim()}`);
  });
}

async function bundle() {
  const { build } = await import("esbuild");
  const entries = [...ENTRIES.map((name) => `lib/run/${name}.ts`), "prisma/seed.ts"];
  const files = entries.map((entry) => join(ROOT, entry)).filter((file) => existsSync(file));
  await build({
    entryPoints: files,
    outdir: BUILD,
    entryNames: "[name]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    alias: { "@": ROOT },
    sourcemap: true,
    logLevel: "error",
  });
}

function nextBuild() {
  const next = join(ROOT, "node_modules/next/dist/bin/next");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [next, "build"], {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(undefined)
        : reject(new Error(`The dashboard could not be built.\n${output.trim()}`)),
    );
  });
}

const PARTS = {
  client: {
    text: "Generating the database client",
    sources: ["prisma/schema", "prisma/prisma.config.ts", "package-lock.json"],
    result: "prisma/generated/client.ts",
    make: generateClient,
  },
  bundles: {
    text: "Bundling the processes",
    sources: ["lib", "prisma/schema", "prisma/seed.ts", ...BASE],
    result: ".build/supervise.mjs",
    make: bundle,
  },
  next: {
    text: "Building the dashboard",
    sources: [
      "app",
      "components",
      "lib",
      "public",
      "prisma/schema",
      "next.config.ts",
      "proxy.ts",
      "instrumentation.ts",
      ...BASE,
    ],
    // Pages never import these (e2e/architecture.test.ts).
    without: ["lib/run", "lib/cli", "lib/jobs"],
    result: ".next/BUILD_ID",
    make: nextBuild,
  },
};

/** One builder at a time: `npm start`, a test and the command line may all find the same part out of date. */
async function withLock(work) {
  mkdirSync(BUILD, { recursive: true });
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (lockIsStale()) rmSync(LOCK, { force: true });
    else await sleep(100);
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function lockIsStale() {
  try {
    const pid = Number(readFileSync(LOCK, "utf8"));
    if (!pid) return Date.now() - statSync(LOCK).mtimeMs > 2_000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/**
 * Makes the parts that are missing or whose sources have changed.
 * @param {import("./progress.mjs").Say} say
 * @param {(keyof typeof PARTS)[]} parts
 */
export async function ensureBuilt(say, parts) {
  const stale = () => {
    const stamps = readStamps();
    return parts.filter((name) => {
      const { sources, without, result } = PARTS[name];
      return !existsSync(join(ROOT, result)) || stamps[name] !== contentStamp(sources, without);
    });
  };
  if (stale().length === 0) return;
  await withLock(async () => {
    for (const name of stale()) {
      const { text, sources, without, make } = PARTS[name];
      const stamp = contentStamp(sources, without);
      await step(say, text, make);
      writeFileSync(STAMPS, JSON.stringify({ ...readStamps(), [name]: stamp }));
    }
  });
}
