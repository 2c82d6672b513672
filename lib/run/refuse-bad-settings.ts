import { env } from "@/lib/env";
import { checkSettings } from "@/lib/run/check-settings";
import { EXIT_SETTINGS } from "@/lib/run/exit-settings";

/** The first thing that a process does: ends it, with one sentence a problem, when its settings forbid a start. */
export function refuseBadSettings(): void {
  const problems: string[] = [];
  try {
    const { publicUrl, publicApiUrl, production, standIns, ...values } = env();
    const settings = Object.entries(values).map(([name, value]) => [name, value?.toString()]);
    problems.push(...checkSettings(Object.fromEntries(settings), "process"));
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  if (problems.length === 0) return;
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exit(EXIT_SETTINGS);
}
