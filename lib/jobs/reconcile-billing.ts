import { paymentsOn } from "@/lib/billing/payments-on";
import { reconcileOrders } from "@/lib/billing/reconcile/reconcile-orders";
import { reconcilePayments } from "@/lib/billing/reconcile/reconcile-payments";
import { log } from "@/lib/log";

const HOUR_MS = 3_600_000;
/** Every walk looks this far back; once a day as far as a refund may still fail or a payment be contested. */
const USUAL_MS = 48 * HOUR_MS;
const DEEP_MS = 45 * 24 * HOUR_MS;
let lastDeepMs = 0;

/** Makes the ledger agree with the payment provider: what an event did not tell is found here within minutes. */
export const reconcileBillingJob = {
  name: "reconcile-billing",
  everyMs: 5 * 60_000,
  async run(): Promise<void> {
    if (!paymentsOn()) return;
    const now = Date.now();
    const orders = await reconcileOrders();
    const deep = now - lastDeepMs > 24 * HOUR_MS;
    const report = await reconcilePayments(new Date(now - (deep ? DEEP_MS : USUAL_MS)));
    if (deep) lastDeepMs = now;
    if (orders > 0 || report.credited > 0 || report.reversalsSettled > 0 || report.mismatches > 0) {
      log.warn({ orders, ...report }, "reconciliation changed something that no event had told");
    }
  },
};
