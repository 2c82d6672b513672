import type { Ctx } from "@/lib/actor";
import { db, pool } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { AccountKind } from "@/prisma/generated/client";

/** One transaction with its entries, which sum to zero. Amounts in nano-USD; positive is what the account gained. */
export interface TransactionView {
  id: bigint;
  /** The business fact it stands for, such as `stripe:pi_...`; null where there is none. */
  key: string | null;
  type: string;
  at: Date;
  amountNano: bigint;
  balanceAfterNano: bigint | null;
  actor: string;
  reason: string | null;
  /** Of the order it belongs to. */
  receiptUrl: string | null;
  entries: { account: AccountKind; amountNano: bigint }[];
}

/** A transaction of one's own workspace. Throws AppError not_found for a missing one and for anybody else's alike. */
export async function getTransaction(ctx: Ctx, input: { id: string }): Promise<TransactionView> {
  if (!/^\d{1,18}$/.test(input.id)) throw notFound("transaction");
  const row = await db().ledgerTransaction.findFirst({
    where: { id: BigInt(input.id), workspaceId: ctx.workspaceId },
  });
  if (!row) throw notFound("transaction");
  const purchase = row.purchaseId
    ? await db().purchase.findFirst({
        where: { id: row.purchaseId, workspaceId: ctx.workspaceId },
        select: { receiptUrl: true },
      })
    : null;
  const { rows } = await pool().query<{ account: AccountKind; amount_nano: bigint }>(
    `SELECT a.kind::text AS account, e.amount_nano FROM ledger.entries e JOIN ledger_accounts a ON a.id = e.account_id
      WHERE e.transaction_id = $1 ORDER BY e.amount_nano DESC, a.kind`,
    [row.id.toString()],
  );
  return {
    id: row.id,
    key: row.key,
    type: row.kind,
    at: row.createdAt,
    amountNano: row.amountNano,
    balanceAfterNano: row.balanceAfterNano,
    actor: row.actor,
    reason: row.reason,
    receiptUrl: purchase?.receiptUrl ?? null,
    entries: rows.map(({ account, amount_nano }) => ({ account, amountNano: amount_nano })),
  };
}
