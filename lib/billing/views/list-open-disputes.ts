import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";

/** A dispute that keeps the account frozen: not decided, or lost. Minor units of `currency`. */
export interface OpenDispute {
  id: string;
  amountMinor: bigint;
  currency: string;
  lost: boolean;
  packName: string;
  paidAt: Date;
  createdAt: Date;
}

/** The disputes of a workspace that are not settled in its favour, newest first, at most ten. */
export async function listOpenDisputes(ctx: Ctx): Promise<OpenDispute[]> {
  const rows = await db().reversal.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      kind: "dispute",
      status: { notIn: ["won", "warning_closed", "prevented"] },
    },
    orderBy: { createdAt: "desc" },
    take: 10,
    include: { purchase: { include: { pack: { select: { name: true } } } } },
  });
  return rows.map(({ id, amountMinor, status, createdAt, purchase }) => ({
    id,
    amountMinor,
    currency: purchase.currency,
    lost: status === "lost",
    packName: purchase.pack.name,
    paidAt: purchase.paidAt ?? purchase.createdAt,
    createdAt,
  }));
}
