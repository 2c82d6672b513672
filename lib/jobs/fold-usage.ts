import { foldDays } from "@/lib/usage/fold-days";
import { noteOwnZones, ZONES_CHANNEL } from "@/lib/usage/note-zones";

/** Finished days in one row each, for charts of months. A zone that somebody picks is folded at once. */
export const foldUsageJob = {
  name: "fold-usage",
  everyMs: 10 * 60_000,
  channel: ZONES_CHANNEL,
  async run(): Promise<void> {
    await noteOwnZones();
    await foldDays(new Date());
  },
};
