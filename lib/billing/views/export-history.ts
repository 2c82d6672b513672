import type { Ctx } from "@/lib/actor";
import type { HistoryLine } from "@/lib/ledger/history";
import type { HistoryFilter } from "@/lib/ledger/history-filter";
import { listTransactions } from "@/lib/ledger/list-transactions";
import { usdExact } from "@/lib/money";
import { exportHead, exportLine } from "@/lib/usage/export-text";

export const HISTORY_COLUMNS = [
  "at",
  "type",
  "amount_usd",
  "balance_after_usd",
  "debt_after_usd",
  "calls",
  "reason",
  "transaction",
  "order",
  "receipt",
  "invoice",
] as const;

const PAGE = 100;

/** The history as CSV, newest first, a page at a time. Exact decimal USD; the calls of a day are one line, at its day. */
export async function* exportHistory(
  ctx: Ctx,
  input: { timeZone: string; filter: HistoryFilter },
): AsyncGenerator<string> {
  yield exportHead("csv", HISTORY_COLUMNS);
  let cursor: string | undefined;
  do {
    const page = await listTransactions(ctx, { ...input, limit: PAGE, cursor });
    yield page.lines.map(csvLine).join("");
    cursor = page.older ?? undefined;
  } while (cursor !== undefined);
}

function csvLine(line: HistoryLine): string {
  if (line.kind === "spend") {
    return exportLine("csv", HISTORY_COLUMNS, {
      at: line.day,
      type: "calls",
      amount_usd: usdExact(line.amountNano),
      calls: line.calls,
    });
  }
  return exportLine("csv", HISTORY_COLUMNS, {
    at: line.at,
    type: line.type,
    amount_usd: usdExact(line.amountNano),
    balance_after_usd: line.balanceAfterNano === null ? null : usdExact(line.balanceAfterNano),
    debt_after_usd: line.debtAfterNano === null ? null : usdExact(line.debtAfterNano),
    reason: line.reason,
    transaction: line.id,
    order: line.purchaseId,
    receipt: line.receiptUrl,
    invoice: line.invoiceUrl,
  });
}
