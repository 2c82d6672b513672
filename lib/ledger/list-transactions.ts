import type { Ctx } from "@/lib/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { History, HistoryLine, TransactionLine } from "@/lib/ledger/history";
import { type HistoryFilter, KIND_TYPES } from "@/lib/ledger/history-filter";
import { listSpendDays } from "@/lib/ledger/list-spend-days";

/**
 * One page of a workspace's money, newest first: every transaction, and the calls of each day as one line, all of
 * them or what `filter` leaves. Throws AppError `invalid_input` on a cursor that is none.
 */
export async function listTransactions(
  ctx: Ctx,
  input: { timeZone: string; cursor?: string | undefined; limit?: number; filter?: HistoryFilter },
): Promise<History> {
  const filter = input.filter ?? {};
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 25), 1), 100);
  const cursor = input.cursor === undefined ? null : parseCursor(input.cursor);
  const transactions = filter.kind === "calls" ? [] : await readTransactions(ctx, cursor, limit + 1, filter);
  // Days that lie before the last transaction of a full page come with the next one.
  const floor = transactions.length > limit ? transactions.at(-1)?.at : undefined;
  const days =
    filter.kind !== undefined && filter.kind !== "calls"
      ? []
      : await listSpendDays(ctx.workspaceId, {
          timeZone: input.timeZone,
          before: earlier(cursor?.at, filter.to),
          floor: later(floor, filter.from && new Date(filter.from.getTime() - 1)),
          limit: limit + 1,
        });
  const all = [...transactions, ...days].sort(newestFirst);
  const lines = all.slice(0, limit);
  return { lines, older: all.length > limit ? writeCursor(lines.at(-1)) : null };
}

interface Cursor {
  at: Date;
  /** The transaction it stands at; null at a day, which comes before transactions of the same instant. */
  id: bigint | null;
}

function earlier(a: Date | undefined, b: Date | undefined): Date | undefined {
  return a && b ? (a < b ? a : b) : (a ?? b);
}

function later(a: Date | undefined, b: Date | undefined): Date | undefined {
  return a && b ? (a > b ? a : b) : (a ?? b);
}

async function readTransactions(
  ctx: Ctx,
  cursor: Cursor | null,
  count: number,
  { kind, from, to }: HistoryFilter,
): Promise<TransactionLine[]> {
  const rows = await db().ledgerTransaction.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...(kind && kind !== "calls" ? { kind: { in: KIND_TYPES[kind] } } : {}),
      AND: { createdAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } },
      ...(cursor
        ? {
            OR: [
              { createdAt: { lt: cursor.at } },
              { createdAt: cursor.at, ...(cursor.id === null ? {} : { id: { lt: cursor.id } }) },
            ],
          }
        : {}),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: count,
  });
  const purchaseIds = rows.flatMap(({ purchaseId }) => (purchaseId ? [purchaseId] : []));
  const purchases = await db().purchase.findMany({
    where: { id: { in: purchaseIds }, workspaceId: ctx.workspaceId },
    select: { id: true, receiptUrl: true, invoiceUrl: true },
  });
  const links = new Map(purchases.map((purchase) => [purchase.id, purchase]));
  return rows.map((row) => {
    const purchase = row.purchaseId === null ? undefined : links.get(row.purchaseId);
    return {
      kind: "transaction",
      id: row.id,
      type: row.kind,
      at: row.createdAt,
      amountNano: row.amountNano,
      balanceAfterNano: row.balanceAfterNano,
      debtAfterNano: row.debtAfterNano,
      reason: row.reason,
      purchaseId: row.purchaseId,
      receiptUrl: purchase?.receiptUrl ?? null,
      invoiceUrl: purchase?.invoiceUrl ?? null,
    };
  });
}

function newestFirst(a: HistoryLine, b: HistoryLine): number {
  const time = b.at.getTime() - a.at.getTime();
  if (time !== 0) return time;
  if (a.kind === "transaction" && b.kind === "transaction") return b.id > a.id ? 1 : -1;
  return a.kind === "spend" ? -1 : 1;
}

function writeCursor(line: HistoryLine | undefined): string | null {
  if (!line) return null;
  return `${line.at.toISOString()}_${line.kind === "transaction" ? line.id : ""}`;
}

function parseCursor(text: string): Cursor {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_(\d{0,18})$/.exec(text);
  const at = new Date(match?.[1] ?? Number.NaN);
  if (!match || !(at.getTime() > 0)) {
    throw new AppError("invalid_input", "unknownPage", { field: "cursor" });
  }
  return { at, id: match[2] ? BigInt(match[2]) : null };
}
