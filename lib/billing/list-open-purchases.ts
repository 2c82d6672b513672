import type { Ctx } from "@/lib/actor";
import { PURCHASE_VIEW, type PurchaseView } from "@/lib/billing/get-purchase";
import { db } from "@/lib/db";

/** One's own payments that are under way or held for a check, newest first, at most ten. */
export async function listOpenPurchases(ctx: Ctx): Promise<PurchaseView[]> {
  return db().purchase.findMany({
    where: { workspaceId: ctx.workspaceId, status: { in: ["processing", "mismatch"] } },
    orderBy: { createdAt: "desc" },
    take: 10,
    select: PURCHASE_VIEW,
  });
}
