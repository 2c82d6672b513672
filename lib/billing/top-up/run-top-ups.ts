import { stripe } from "@/lib/billing/stripe";
import { chargeTopUp } from "@/lib/billing/top-up/charge-top-up";
import { placeTopUp } from "@/lib/billing/top-up/place-top-up";
import { db } from "@/lib/db";

const AT_ONCE = 200;

/**
 * Buys for everyone whose balance fell below the threshold: one charge however many calls crossed it and however
 * many workers look. After a failure an hour passes before the second try. Returns how many were credited.
 */
export async function runTopUps(): Promise<number> {
  const { livemode } = stripe();
  const due = await db().$queryRaw<{ id: string }[]>`
    SELECT t.workspace_id AS id FROM auto_top_ups t JOIN wallets w ON w.workspace_id = t.workspace_id
     WHERE t.enabled AND t.stopped IS NULL AND w.frozen_at IS NULL
       AND (t.failures = 0 OR t.updated_at < now() - interval '1 hour')
       AND (w.balance_nano - w.reserved_nano < t.threshold_nano OR EXISTS (
         SELECT FROM purchases p WHERE p.workspace_id = t.workspace_id AND p.kind = 'auto_top_up' AND p.status = 'pending'))
     ORDER BY 1 LIMIT ${AT_ONCE}`;
  let credited = 0;
  for (const { id } of due) {
    const placed = await db().$transaction((tx) => placeTopUp(tx, id, livemode));
    if (placed && (await chargeTopUp(placed)) === "credited") credited++;
  }
  return credited;
}
