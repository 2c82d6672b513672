import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";
import type { PurchaseStatus } from "@/prisma/generated/client";

/** An order as its owner sees it. Money as in the schema: minor units of `currency`, nano-USD. */
export interface PurchaseView {
  id: string;
  status: PurchaseStatus;
  currency: string;
  priceMinor: bigint;
  creditNano: bigint;
  bonusNano: bigint;
  receiptUrl: string | null;
  invoiceUrl: string | null;
  createdAt: Date;
  paidAt: Date | null;
}

export const PURCHASE_VIEW = {
  id: true,
  status: true,
  currency: true,
  priceMinor: true,
  creditNano: true,
  bonusNano: true,
  receiptUrl: true,
  invoiceUrl: true,
  createdAt: true,
  paidAt: true,
} as const;

const PURCHASE_ID = /^pur_[0-9A-Za-z]{22}$/;

/** One's own order by its id or its session; null for a missing one and for anybody else's alike. */
export async function getPurchase(
  ctx: Ctx,
  by: { id: string } | { checkoutSessionId: string },
): Promise<PurchaseView | null> {
  // Out of an address: what cannot be an id never reaches the database, which holds no NUL.
  if ("id" in by && !PURCHASE_ID.test(by.id)) return null;
  return db().purchase.findFirst({ where: { ...by, workspaceId: ctx.workspaceId }, select: PURCHASE_VIEW });
}
