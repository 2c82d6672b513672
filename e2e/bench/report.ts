import { appendFileSync, mkdirSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { ROOT } from "@/lib/run/root.mjs";

/** Prints a table in Markdown and keeps it in test-results/bench.md, ready for the README. */
export function report(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const table = [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
  const where = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const text = `\n### ${title}\n\n${where}\n\n${table}\n`;
  console.log(text);
  mkdirSync(join(ROOT, "test-results"), { recursive: true });
  appendFileSync(join(ROOT, "test-results/bench.md"), text);
}

export const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
export const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
export const whole = (value: number) => Math.round(value).toLocaleString("en-US");

/** A bar and whether it was met. */
export const against = (met: boolean, bar: string) => `${bar}: ${met ? "met" : "**missed**"}`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
