import { remindOfKeys } from "@/lib/keys/remind-of-keys";
import { log } from "@/lib/log";

/** Tells owners of old and expiring keys. Grouped by the hour, so that many short-lived keys are one mail. */
export const remindOfKeysJob = {
  name: "remind-of-keys",
  everyMs: 60 * 60_000,
  async run(): Promise<void> {
    const told = await remindOfKeys();
    if (told > 0) log.info({ keys: told }, "reminded owners of their keys");
  },
};
