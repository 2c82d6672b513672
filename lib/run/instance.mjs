import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * @typedef {object} Instance what a running `npm start` tells others about itself
 * @property {number} pid
 * @property {string} publicUrl
 * @property {string} publicApiUrl
 * @property {number} port
 * @property {number} gatewayPort
 * @property {string} [sandboxUrl]
 * @property {string} standIns
 * @property {Record<string, number>} children process ids by name
 */

const LEFTOVER_WAIT_MS = 25_000;

const fileOf = (dataDir) => join(dataDir, "run.json");

/** @returns {Instance | undefined} */
function read(dataDir) {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), "utf8"));
  } catch {
    return undefined;
  }
}

/** Whether a process id still belongs to one of ours, and not to something that got the same number later. */
function isOurs(pid, word) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(word);
  } catch {
    return process.platform !== "linux";
  }
}

/**
 * The `npm start` that runs on this data folder now, if any.
 * @param {string} dataDir
 */
export function runningInstance(dataDir) {
  const instance = read(dataDir);
  return instance && instance.pid !== process.pid && isOurs(instance.pid, "start.mjs") ? instance : undefined;
}

/** Waits until the processes of a supervisor that was killed have stopped by themselves; ends those that do not. */
export async function waitForLeftovers(dataDir) {
  const left = () => Object.values(read(dataDir)?.children ?? {}).filter((pid) => isOurs(pid, ".build"));
  const deadline = Date.now() + LEFTOVER_WAIT_MS;
  while (left().length > 0 && Date.now() < deadline) await sleep(50);
  for (const pid of left()) process.kill(pid, "SIGKILL");
}

/** @param {string} dataDir @param {Instance} instance */
export function writeInstance(dataDir, instance) {
  const draft = `${fileOf(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(instance, null, 2)}\n`);
  renameSync(draft, fileOf(dataDir));
}

export function forgetInstance(dataDir) {
  rmSync(fileOf(dataDir), { force: true });
}
