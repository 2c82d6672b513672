import Stripe from "stripe";
import { actorName } from "@/lib/actor";
import { tellCustomer } from "@/lib/billing/alerts/tell-customer";
import { formatMinor } from "@/lib/billing/format-minor";
import { fulfilCheckout } from "@/lib/billing/fulfil-checkout";
import { toStripeMinor } from "@/lib/billing/minor-units";
import { readPayment } from "@/lib/billing/read-checkout";
import { stripe } from "@/lib/billing/stripe";
import type { PlacedTopUp } from "@/lib/billing/top-up/place-top-up";
import { db, type Tx } from "@/lib/db";
import { mailOwners } from "@/lib/keys/mail-owners";
import { log } from "@/lib/log";
import { formatUsd } from "@/lib/money";

const MOST_FAILURES = 2;
const ACTOR = actorName({ kind: "system", job: "auto-top-up" });

/**
 * Charges the saved card for a placed order and credits it. The order's id is the idempotency key, so that a charge
 * whose answer was lost is never made twice: the order stays pending and is taken up again. A card that needs its
 * owner, or the second failure in a row, stops it with a mail.
 */
export async function chargeTopUp(placed: PlacedTopUp): Promise<"credited" | "failed" | "unknown"> {
  const { topUp, pack, order } = placed;
  const workspace = await db().workspace.findUniqueOrThrow({ where: { id: order.workspaceId } });
  let intent: Stripe.PaymentIntent;
  try {
    intent = await stripe().client.paymentIntents.create(
      {
        amount: toStripeMinor(order.priceMinor),
        currency: order.currency,
        customer: workspace.stripeCustomerId ?? "",
        payment_method: topUp.paymentMethodId ?? "",
        off_session: true,
        confirm: true,
        description: `Tollgate ${pack.name}, automatic top-up`,
        metadata: { tollgate_purchase: order.id, tollgate_workspace: order.workspaceId },
        expand: ["latest_charge"],
      },
      { idempotencyKey: `topup:${order.id}` },
    );
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError || isOurFault(error)) {
      await db().$transaction((tx) => fail(tx, placed, error as Stripe.errors.StripeError));
      return "failed";
    }
    log.warn({ purchaseId: order.id, err: (error as Error).message }, "a top-up is not known to be charged");
    return "unknown";
  }
  await db().$transaction(async (tx) => {
    const outcome = await fulfilCheckout(tx, readPayment(intent), ACTOR);
    if (outcome !== "credited") return;
    await tx.autoTopUp.update({ where: { workspaceId: order.workspaceId }, data: { failures: 0 } });
    const amount = formatMinor(order.priceMinor, order.currency);
    const { cardLabel, thresholdNano } = topUp;
    await mailOwners(tx, order.workspaceId, {
      template: "top_up_done",
      values: { amount, threshold: formatUsd(thresholdNano), pack: pack.name, card: cardLabel ?? "" },
      path: "/credits",
    });
    await tellCustomer(tx, order.workspaceId, "top_up.succeeded", { purchase_id: order.id, amount });
  });
  return "credited";
}

/** A card or customer that Stripe no longer has. */
function isOurFault(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";
}

async function fail(
  tx: Tx,
  { topUp, pack, order }: PlacedTopUp,
  error: Stripe.errors.StripeError,
): Promise<void> {
  const { workspaceId } = order;
  await tx.purchase.updateMany({
    where: { id: order.id, status: { in: ["pending", "processing"] } },
    data: { status: "failed", note: error.code ?? "declined" },
  });
  const needsOwner = error.code === "authentication_required";
  const failures = topUp.failures + 1;
  const stopped = needsOwner ? "needs_owner" : failures >= MOST_FAILURES ? "declined" : null;
  await tx.autoTopUp.update({ where: { workspaceId }, data: { failures, stopped } });
  const amount = formatMinor(order.priceMinor, order.currency);
  const values = { amount, pack: pack.name, card: topUp.cardLabel ?? "" };
  if (needsOwner) {
    await mailOwners(tx, workspaceId, {
      template: "top_up_needs_you",
      values,
      path: `/credits?pack=${pack.id}`,
    });
  } else {
    const reason =
      error.code === "resource_missing" ? "the card is no longer saved" : "the card was declined";
    await mailOwners(tx, workspaceId, {
      template: "top_up_failed",
      values: { ...values, reason, stopped: stopped ? "yes" : "no" },
      path: "/credits",
    });
  }
  await tellCustomer(tx, workspaceId, "top_up.failed", { amount, reason: error.code ?? "declined" });
  log.warn({ workspaceId, purchaseId: order.id, code: error.code, stopped }, "a top-up failed");
}
