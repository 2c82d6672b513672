import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** What postmaster.pid says: line 1 is the process, line 4 the port. */
export function readPidFile(folder) {
  try {
    const lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return undefined;
  }
}

/** After a crash of the machine the process id may belong to something else by now. */
export function isPostmaster(pid) {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return process.platform !== "linux";
  }
}

/**
 * The process id in the file belongs to something else by now, and Postgres would not start. It takes its parent's id,
 * ours, for a stale one, and goes on to check that no process of the old server still holds its shared memory.
 */
export function disownPidFile(folder) {
  const file = join(folder, "postmaster.pid");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^\d+/, String(process.pid)));
}
