import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, isPostmaster, readPidFile } from "@/lib/run/postgres/pid-file.mjs";

const OURS = /^tollgate-(test|system)-/;

/** What a run that was killed has left behind: its Postgres, and its folder. */
function sweepLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => OURS.test(entry))) {
    const folder = join(tmpdir(), name);
    try {
      if (isAlive(Number(readFileSync(join(folder, "owner"), "utf8")))) continue;
      const left = readPidFile(join(folder, "postgres"));
      if (left && isPostmaster(left.pid)) process.kill(left.pid, "SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // No owner yet, or somebody else's: not ours to remove.
    }
  }
}

/** A new folder for one server or system of the tests, which Postgres's account may enter too. */
export function ownFolder(kind: "test" | "system"): string {
  sweepLeftovers();
  const folder = mkdtempSync(join(tmpdir(), `tollgate-${kind}-`));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "owner"), String(process.pid));
  return folder;
}
