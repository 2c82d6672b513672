import type { Tx } from "@/lib/db";
import { newId } from "@/lib/ids";
import type { AutoTopUp, Pack, Purchase } from "@/prisma/generated/client";

export interface PlacedTopUp {
  topUp: AutoTopUp;
  pack: Pack;
  order: Purchase;
}

/**
 * The order of one top-up, at most one at a time for a workspace: its settings row is locked, and an order that was
 * placed and not charged yet is taken up again instead of placing another. Null where nothing is to be bought: the
 * balance recovered, the month's cap is reached, the pack is gone, somebody else is at it.
 */
export async function placeTopUp(
  tx: Tx,
  workspaceId: string,
  livemode: boolean,
): Promise<PlacedTopUp | null> {
  const locked = await tx.$queryRaw<{ workspace_id: string }[]>`
    SELECT workspace_id FROM auto_top_ups WHERE workspace_id = ${workspaceId} FOR UPDATE SKIP LOCKED`;
  if (locked.length === 0) return null;
  const topUp = await tx.autoTopUp.findUniqueOrThrow({ where: { workspaceId } });
  const wallet = await tx.wallet.findUniqueOrThrow({ where: { workspaceId } });
  if (!topUp.enabled || topUp.stopped || !topUp.paymentMethodId || wallet.frozenAt) return null;
  const pack = await tx.pack.findUnique({ where: { id: topUp.packId } });
  if (!pack?.active) {
    await tx.autoTopUp.update({ where: { workspaceId }, data: { stopped: "pack_gone" } });
    return null;
  }
  const open = await tx.purchase.findFirst({
    where: { workspaceId, kind: "auto_top_up", status: { in: ["pending", "processing"] } },
    orderBy: { createdAt: "asc" },
  });
  if (open) return open.status === "pending" ? { topUp, pack, order: open } : null;
  if (wallet.balanceNano - wallet.reservedNano >= topUp.thresholdNano) return null;
  if ((await chargedThisMonth(tx, workspaceId)) + pack.priceMinor > topUp.monthlyCapMinor) return null;
  const { currency, priceMinor, creditNano, bonusNano } = pack;
  const order = await tx.purchase.create({
    data: {
      id: newId("pur"),
      kind: "auto_top_up",
      workspaceId,
      userId: topUp.userId,
      packId: pack.id,
      currency,
      priceMinor,
      creditNano,
      bonusNano,
      livemode,
    },
  });
  return { topUp, pack, order };
}

/** What top-ups have cost in this calendar month (UTC), those under way included; minor units. */
export async function chargedThisMonth(tx: Pick<Tx, "purchase">, workspaceId: string): Promise<bigint> {
  const now = new Date();
  const { _sum } = await tx.purchase.aggregate({
    where: {
      workspaceId,
      kind: "auto_top_up",
      status: { in: ["pending", "processing", "paid"] },
      createdAt: { gte: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)) },
    },
    _sum: { priceMinor: true },
  });
  return _sum.priceMinor ?? 0n;
}
