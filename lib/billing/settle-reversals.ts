import { formatMinor } from "@/lib/billing/format-minor";
import type { ReversalFact, Reversals } from "@/lib/billing/read-reversals";
import type { Tx } from "@/lib/db";
import { mailOwners } from "@/lib/keys/mail-owners";
import { clawBack } from "@/lib/ledger/claw-back";
import { freezeWallet, thawWallet } from "@/lib/ledger/freeze-wallet";
import { loseDispute } from "@/lib/ledger/lose-dispute";
import { log } from "@/lib/log";
import type { Purchase, Reversal } from "@/prisma/generated/client";

/** Dispute states in which nothing is decided, or the money is gone: the account stays frozen. */
const HARMLESS = ["won", "warning_closed", "prevented"];

/**
 * Brings a purchase to where its refunds and disputes stand at Stripe, inside the caller's transaction: what stands
 * is taken back cumulatively, what no longer stands is given back, an undecided or lost dispute freezes the wallet.
 * The facts are all that counts, so that any order and number of events leads to the same ledger. Returns how many
 * of them changed anything.
 */
export async function settleReversals(
  tx: Tx,
  purchaseId: string,
  { readAt, facts }: Reversals,
  actor: string,
): Promise<number> {
  await tx.$executeRaw`SELECT 1 FROM purchases WHERE id = ${purchaseId} FOR UPDATE`;
  const order = await tx.purchase.findUnique({ where: { id: purchaseId }, include: { reversals: true } });
  if (order?.status !== "paid" || order.paidMinor === null || order.paidMinor <= 0n) return 0;
  // An answer of Stripe that was on its way while a newer one was settled.
  if (order.reversalsReadAt && readAt < order.reversalsReadAt) return 0;
  await tx.purchase.update({ where: { id: order.id }, data: { reversalsReadAt: readAt } });
  const known = new Map(order.reversals.map((row) => [row.id, row]));
  let standingMinor = order.reversals.reduce((sum, row) => sum + (row.stands ? row.amountMinor : 0n), 0n);
  let changed = 0;
  for (const fact of facts) {
    const before = known.get(fact.id);
    if (before && before.status === fact.status && before.amountMinor === fact.amountMinor) continue;
    standingMinor += (fact.stands ? fact.amountMinor : 0n) - (before?.stands ? before.amountMinor : 0n);
    await apply(tx, order, { fact, before, standingMinor, actor });
    changed++;
  }
  if (changed > 0) await settleFreeze(tx, order);
  return changed;
}

async function apply(
  tx: Tx,
  order: Purchase,
  change: { fact: ReversalFact; before: Reversal | undefined; standingMinor: bigint; actor: string },
): Promise<void> {
  const { fact, before, standingMinor, actor } = change;
  const paidMinor = order.paidMinor ?? 0n;
  const refundedMinor = standingMinor < paidMinor ? standingMinor : paidMinor;
  const turns = (before?.turns ?? 0) + (before && before.stands !== fact.stands ? 1 : 0);
  const amountChanged = before !== undefined && before.amountMinor !== fact.amountMinor;
  if (fact.stands !== (before?.stands ?? false) || (fact.stands && amountChanged)) {
    const undone = fact.kind === "refund" ? "refund_failed" : "dispute_won";
    const kind = fact.stands ? fact.kind : undone;
    // The first of its kind has Stripe's id alone; what is undone and done again, or grows, is another fact.
    const again = turns > 1 || amountChanged ? `#${turns}.${fact.amountMinor}` : "";
    const { takenNano, debtNano, restoredNano } = await clawBack(tx, {
      workspaceId: order.workspaceId,
      purchaseId: order.id,
      kind,
      refundedMinor,
      paidMinor,
      key: `${kind}:${fact.id}${again}`,
      actor,
      reason: fact.reason ?? kind,
    });
    log.warn(
      {
        purchaseId: order.id,
        id: fact.id,
        kind,
        takenNano: `${takenNano}`,
        debtNano: `${debtNano}`,
        restoredNano: `${restoredNano}`,
      },
      "credit of a purchase was taken back or returned",
    );
  }
  if (fact.lost) {
    await loseDispute(tx, {
      workspaceId: order.workspaceId,
      disputeId: fact.id,
      purchaseId: order.id,
      actor,
    });
  }
  const row = {
    amountMinor: fact.amountMinor,
    status: fact.status,
    reason: fact.reason,
    stands: fact.stands,
    turns,
  };
  await tx.reversal.upsert({
    where: { id: fact.id },
    update: row,
    create: {
      id: fact.id,
      purchaseId: order.id,
      workspaceId: order.workspaceId,
      kind: fact.kind,
      createdAt: fact.createdAt,
      ...row,
    },
  });
  const { _sum } = await tx.reversal.aggregate({
    where: { purchaseId: order.id, kind: "refund", stands: true },
    _sum: { amountMinor: true },
  });
  await tx.purchase.update({ where: { id: order.id }, data: { refundedMinor: _sum.amountMinor ?? 0n } });
}

/** Owners are told once a freeze, in its own transaction: repeated events find it frozen already. */
async function settleFreeze(tx: Tx, { workspaceId, currency }: Purchase): Promise<void> {
  const { _count, _sum } = await tx.reversal.aggregate({
    where: { workspaceId, kind: "dispute", status: { notIn: HARMLESS } },
    _count: true,
    _sum: { amountMinor: true },
  });
  if (_count === 0) await thawWallet(tx, workspaceId, "dispute");
  else if (await freezeWallet(tx, workspaceId, "dispute")) {
    log.error({ alert: "dispute_opened", workspaceId }, "a payment is disputed: its account is frozen");
    await mailOwners(tx, workspaceId, {
      template: "payment_disputed",
      values: { amount: formatMinor(_sum.amountMinor ?? 0n, currency) },
      path: "/credits",
    });
  }
}
