import type Stripe from "stripe";
import { actorName } from "@/lib/actor";
import { findCheckout } from "@/lib/billing/find-checkout";
import { fulfilCheckout } from "@/lib/billing/fulfil-checkout";
import { noteMismatch } from "@/lib/billing/note-mismatch";
import { readReversals } from "@/lib/billing/read-reversals";
import { settleReversals } from "@/lib/billing/settle-reversals";
import { stripe } from "@/lib/billing/stripe";
import { db } from "@/lib/db";

export interface ReconcileReport {
  charges: number;
  credited: number;
  reversalsSettled: number;
  mismatches: number;
}

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === "string" ? value : (value?.id ?? null);

/**
 * Walks what Stripe has from a time on (charges, refunds, disputes) and makes the ledger agree: a paid charge has
 * exactly one credited order, each refund and dispute is settled. What fits no rule is listed for the operator and
 * never guessed. Throws the SDK's errors; walking again is safe.
 */
export async function reconcilePayments(since: Date): Promise<ReconcileReport> {
  const { client } = stripe();
  const created = { gte: Math.floor(since.getTime() / 1000) };
  const report: ReconcileReport = { charges: 0, credited: 0, reversalsSettled: 0, mismatches: 0 };
  const paid = new Set<string>();
  for await (const charge of client.charges.list({ created, limit: 100 })) {
    if (charge.status !== "succeeded") continue;
    report.charges++;
    const intent = idOf(charge.payment_intent);
    if (intent) paid.add(intent);
    await reconcileCharge(charge, report);
  }
  await reconcileCredits(since, paid, report);
  const intents = new Set<string>();
  for await (const refund of client.refunds.list({ created, limit: 100 })) {
    const intent = idOf(refund.payment_intent);
    if (intent) intents.add(intent);
  }
  for await (const dispute of client.disputes.list({ created, limit: 100 })) {
    const intent = idOf(dispute.payment_intent);
    if (intent) intents.add(intent);
  }
  for (const intent of [...intents, ...(await openReversals())]) await reconcileReversals(intent, report);
  return report;
}

async function reconcileCharge(charge: Stripe.Charge, report: ReconcileReport): Promise<void> {
  const paymentIntentId = idOf(charge.payment_intent);
  const order = paymentIntentId
    ? await db().purchase.findUnique({ where: { paymentIntentId }, select: { id: true, status: true } })
    : null;
  if (order?.status === "paid") {
    const credit = await db().ledgerTransaction.count({ where: { key: `stripe:${paymentIntentId}` } });
    if (credit === 1) return;
    const noted = await noteMismatch({
      kind: "credit_without_payment",
      objectId: order.id,
      purchaseId: order.id,
      detail: `The order is paid by ${charge.id}, and the ledger has no credit for it.`,
    });
    if (noted) report.mismatches++;
    return;
  }
  const checkout = paymentIntentId ? await findCheckout(paymentIntentId) : null;
  const actor = actorName({ kind: "system", job: "reconcile" });
  const outcome = checkout
    ? await db().$transaction((tx) => fulfilCheckout(tx, checkout, actor))
    : "not_ours";
  if (outcome === "credited") {
    report.credited++;
    return;
  }
  if (outcome === "already_credited" || outcome === "processing" || outcome === "open") return;
  const noted = await noteMismatch({
    kind: outcome === "mismatch" ? "payment_differs" : "payment_without_order",
    objectId: outcome === "mismatch" ? (checkout?.purchaseId ?? charge.id) : charge.id,
    purchaseId: checkout?.purchaseId ?? null,
    detail:
      outcome === "mismatch"
        ? `The payment ${charge.id} is not what was ordered; nothing was credited.`
        : `The payment ${charge.id} belongs to no order here.`,
  });
  if (noted) report.mismatches++;
}

/** The reverse: every order that was placed and credited since then has its charge at Stripe. */
async function reconcileCredits(
  since: Date,
  paid: ReadonlySet<string>,
  report: ReconcileReport,
): Promise<void> {
  const orders = await db().purchase.findMany({
    where: { status: "paid", createdAt: { gte: since }, paymentIntentId: { not: null } },
    select: { id: true, paymentIntentId: true },
  });
  for (const { id, paymentIntentId } of orders) {
    if (!paymentIntentId || paid.has(paymentIntentId)) continue;
    // One that was paid while the list was read is no mismatch.
    const { data } = await stripe().client.charges.list({ payment_intent: paymentIntentId, limit: 10 });
    if (data.some(({ status }) => status === "succeeded")) continue;
    const noted = await noteMismatch({
      kind: "credit_without_payment",
      objectId: id,
      purchaseId: id,
      detail: `The order was credited for ${paymentIntentId}, which Stripe knows no paid charge of.`,
    });
    if (noted) report.mismatches++;
  }
}

async function reconcileReversals(paymentIntentId: string, report: ReconcileReport): Promise<void> {
  const order = await db().purchase.findUnique({ where: { paymentIntentId }, select: { id: true } });
  if (!order) {
    const noted = await noteMismatch({
      kind: "reversal_without_order",
      objectId: paymentIntentId,
      detail: `A refund or dispute of ${paymentIntentId}, which paid no order here.`,
    });
    if (noted) report.mismatches++;
    return;
  }
  const reversals = await readReversals(paymentIntentId);
  const actor = actorName({ kind: "system", job: "reconcile" });
  report.reversalsSettled += await db().$transaction((tx) => settleReversals(tx, order.id, reversals, actor));
}

/** Payments whose dispute is undecided, or whose refund may still fail: Stripe is asked again. */
async function openReversals(): Promise<string[]> {
  const rows = await db().purchase.findMany({
    where: {
      paymentIntentId: { not: null },
      reversals: {
        some: {
          OR: [
            { kind: "dispute", status: { notIn: ["won", "lost", "warning_closed", "prevented"] } },
            { kind: "refund", status: { in: ["pending", "requires_action"] } },
          ],
        },
      },
    },
    select: { paymentIntentId: true },
    take: 500,
  });
  return rows.flatMap(({ paymentIntentId }) => (paymentIntentId ? [paymentIntentId] : []));
}
