import { deliverEvents } from "@/lib/billing/alerts/deliver-events";
import { tellExpiringCredit } from "@/lib/billing/alerts/expiring-credit";
import { tellKeyBudgets } from "@/lib/billing/alerts/key-budgets";
import { tellLowBalances } from "@/lib/billing/alerts/low-balance";
import { log } from "@/lib/log";

/** Tells people about their money: a low balance, a key's budget, credit that is about to expire. */
export const moneyAlertsJob = {
  name: "money-alerts",
  everyMs: 15_000,
  async run(): Promise<void> {
    const low = await tellLowBalances();
    const budgets = await tellKeyBudgets();
    const expiring = await tellExpiringCredit();
    const delivered = await deliverEvents();
    if (low + budgets + expiring + delivered > 0) {
      log.info({ low, budgets, expiring, delivered }, "told people about their money");
    }
  },
};
