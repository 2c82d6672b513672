import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

interface Stat {
  parent: number;
  cpuMs: number;
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold anything, so that fields are counted from behind it.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const at = (index: number) => Number(fields[index] ?? 0);
    return { parent: at(1), cpuMs: (at(11) + at(12) + at(13) + at(14)) * TICK_MS };
  } catch {
    return null;
  }
}

function family(pid: number): number[] {
  const children = readdirSync("/proc").filter(
    (name) => /^\d+$/.test(name) && statOf(Number(name))?.parent === pid,
  );
  return [pid, ...children.map(Number)];
}

/** Processor time so far of a process and its children, those that have ended included, in milliseconds. Linux only. */
export function cpuMsOf(pid: number): number {
  return family(pid).reduce((sum, one) => sum + (statOf(one)?.cpuMs ?? 0), 0);
}

function statusBytes(pid: number, field: "VmRSS" | "VmHWM"): number {
  try {
    const match = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(
      readFileSync(`/proc/${pid}/status`, "utf8"),
    );
    return Number(match?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

/** Memory of a process and its children now, in bytes. */
export function rssOf(pid: number): number {
  return family(pid).reduce((sum, one) => sum + statusBytes(one, "VmRSS"), 0);
}

/** The most that one process ever held since `forgetPeak`, in bytes. */
export const peakOf = (pid: number): number => statusBytes(pid, "VmHWM");

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}
