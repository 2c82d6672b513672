import { expireLots } from "@/lib/ledger/expire-lots";
import { log } from "@/lib/log";
import { usdExact } from "@/lib/money";

/** Books credits whose time has come to their own account. A reserve does the same for its wallet at once. */
export const expireLotsJob = {
  name: "expire-lots",
  everyMs: 60_000,
  async run(): Promise<void> {
    const expiredNano = await expireLots();
    if (expiredNano > 0n) log.info({ usd: usdExact(expiredNano) }, "credits expired");
  },
};
