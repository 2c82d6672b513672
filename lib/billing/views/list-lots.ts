import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";

/** One credit with something left of it. Amounts in nano-USD. */
export interface LotView {
  id: string;
  /** Where it came from: `purchase`, `bonus`, `trial`, `code`, `operator`, ... */
  source: string;
  promotional: boolean;
  amountNano: bigint;
  leftNano: bigint;
  expiresAt: Date | null;
  /** The ledger line that brought it. */
  transactionId: bigint;
  createdAt: Date;
}

const SHOWN = 50;

/** The credits that are left, in the order in which calls use them: at most fifty, and how many there are in all. */
export async function listLots(ctx: Ctx): Promise<{ lots: LotView[]; count: number }> {
  const where = { workspaceId: ctx.workspaceId, exhaustedAt: null };
  const [lots, count] = await Promise.all([
    db().lot.findMany({
      where,
      // As ledger.burn takes them.
      orderBy: [
        { promotional: "desc" },
        { expiresAt: { sort: "asc", nulls: "last" } },
        { createdAt: "asc" },
        { id: "asc" },
      ],
      take: SHOWN,
      select: {
        id: true,
        source: true,
        promotional: true,
        amountNano: true,
        leftNano: true,
        expiresAt: true,
        transactionId: true,
        createdAt: true,
      },
    }),
    db().lot.count({ where }),
  ]);
  return { lots, count };
}
