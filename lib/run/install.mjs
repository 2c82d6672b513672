import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { step } from "./progress.mjs";
import { ROOT } from "./root.mjs";

const MODULES = join(ROOT, "node_modules");
const STAMP = join(MODULES, ".tollgate-stamp");

function lockStamp() {
  const lock = readFileSync(join(ROOT, "package-lock.json"));
  return createHash("sha256").update(lock).update(`${process.platform}-${process.arch}`).digest("hex");
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}

/** Whether somebody else's `npm ci` or `npm install` already put there exactly what the lock file asks for. */
function matchesLock() {
  const installed = readJson(join(MODULES, ".package-lock.json"))?.packages;
  const wanted = readJson(join(ROOT, "package-lock.json"))?.packages;
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "" || entry.link) return true;
    const found = installed[path];
    return found
      ? found.version === entry.version
      : Boolean(entry.optional || entry.peer || entry.devOptional);
  });
}

/** The npm that started us, else the one on the path. */
function npmCommand() {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.c?js$/.test(own)) return { command: process.execPath, args: [own] };
  return { command: process.platform === "win32" ? "npm.cmd" : "npm", args: [] };
}

function npmCi() {
  const { command, args } = npmCommand();
  // No install scripts: of ours only Postgres's libraries need one, and lib/run/postgres does that itself.
  const flags = ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, ...flags], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.on("error", (error) => reject(new Error(`npm could not be started: ${error.message}`)));
    child.on("close", (code) =>
      code === 0
        ? resolve(undefined)
        : reject(
            new Error(`The dependencies could not be installed (npm ci, exit ${code}):\n${output.trim()}`),
          ),
    );
  });
}

/**
 * Installs exactly what package-lock.json names, unless it is there already.
 * @param {import("./progress.mjs").Say} say
 */
export async function ensureDependencies(say) {
  const wanted = lockStamp();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  if (!matchesLock()) await step(say, "Installing dependencies", npmCi);
  writeFileSync(STAMP, wanted);
}
