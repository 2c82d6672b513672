import { paymentsOn } from "@/lib/billing/payments-on";
import { runTopUps } from "@/lib/billing/top-up/run-top-ups";
import { log } from "@/lib/log";

/** Buys credit by itself for who set it so. */
export const autoTopUpJob = {
  name: "auto-top-up",
  everyMs: 5_000,
  async run(): Promise<void> {
    if (!paymentsOn()) return;
    const credited = await runTopUps();
    if (credited > 0) log.info({ credited }, "topped up balances");
  },
};
