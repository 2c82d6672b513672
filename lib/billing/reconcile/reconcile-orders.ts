import { actorName } from "@/lib/actor";
import { fulfilCheckout } from "@/lib/billing/fulfil-checkout";
import { noteMismatch } from "@/lib/billing/note-mismatch";
import { retrieveCheckout } from "@/lib/billing/retrieve-checkout";
import { db } from "@/lib/db";
import { log } from "@/lib/log";

const DAY_MS = 86_400_000;
/** A page closes after an hour; a bank debit takes up to two weeks. */
const LOOK_BACK_MS = 21 * DAY_MS;
/** The webhook gets this long before anybody else asks. */
const GRACE_MS = 60_000;

/**
 * Orders whose payment has not been heard of: asks Stripe for each and brings it to where its payment is. So a lost
 * webhook is made good. Returns how many changed. An order that cannot be asked for now is asked for next time.
 */
export async function reconcileOrders(limit = 200): Promise<number> {
  const orders = await db().purchase.findMany({
    where: {
      status: { in: ["pending", "processing"] },
      checkoutSessionId: { not: null },
      createdAt: { gt: new Date(Date.now() - LOOK_BACK_MS), lt: new Date(Date.now() - GRACE_MS) },
    },
    orderBy: { updatedAt: "asc" },
    take: limit,
    select: { id: true, checkoutSessionId: true },
  });
  let changed = 0;
  for (const { id, checkoutSessionId } of orders) {
    try {
      const checkout = await retrieveCheckout(checkoutSessionId ?? "");
      const actor = actorName({ kind: "system", job: "reconcile" });
      const outcome = await db().$transaction((tx) => fulfilCheckout(tx, checkout, actor));
      // What was asked about goes to the end of the row.
      await db().purchase.update({ where: { id }, data: { updatedAt: new Date() } });
      if (outcome !== "open" && outcome !== "processing") changed++;
      if (outcome === "credited")
        log.warn({ purchaseId: id }, "a payment whose event never came was credited");
      if (outcome === "mismatch") {
        await noteMismatch({
          kind: "payment_differs",
          objectId: id,
          purchaseId: id,
          detail: "The payment is not what was ordered; nothing was credited.",
        });
      }
    } catch (error) {
      log.warn({ purchaseId: id, err: (error as Error).message }, "an order could not be reconciled now");
    }
  }
  return changed;
}
