import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";

function hasNativeEngine() {
  const folder = join(ROOT, "node_modules/@prisma/engines");
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith("schema-engine-"));
}

/** The environment in which the Prisma CLI downloads nothing and says nothing about new versions. */
export function prismaEnvironment() {
  const settings = { CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };
  if (process.env.PRISMA_SCHEMA_ENGINE_BINARY || hasNativeEngine()) return settings;
  return { ...settings, PRISMA_SCHEMA_ENGINE_BINARY: join(ROOT, "prisma/schema-engine.mjs") };
}

/**
 * Runs the Prisma CLI on our configuration.
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, show?: boolean }} [options] show: straight to our own output
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runPrisma(args, { env = {}, show = false } = {}) {
  const cli = join(ROOT, "node_modules/prisma/build/index.js");
  const config = ["--config", join(ROOT, "prisma/prisma.config.ts")];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args, ...(args[0]?.startsWith("-") ? [] : config)], {
      cwd: ROOT,
      env: { ...process.env, ...prismaEnvironment(), ...env },
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
