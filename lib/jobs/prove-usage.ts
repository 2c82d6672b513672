import { log } from "@/lib/log";
import { proveRollups } from "@/lib/usage/prove-rollups";

/** A few workspaces at a time, all day long; `proveRollups("full")` is for whoever wants to know it all at once. */
export const proveUsageJob = {
  name: "prove-usage",
  everyMs: 15 * 60_000,
  async run(): Promise<void> {
    const { workspaces, repaired } = await proveRollups("sample", new Date());
    log[repaired > 0 ? "warn" : "debug"]({ workspaces, repaired }, "rollups proved against their rows");
  },
};
