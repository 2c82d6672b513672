/** Credit that came or went: a purchase, a bonus, a grant, an expiry, a refund, a debt that was paid. */
export interface TransactionLine {
  kind: "transaction";
  id: bigint;
  /** As the ledger names it: `grant:purchase`, `expiry`, `refund`, ... */
  type: string;
  at: Date;
  amountNano: bigint;
  balanceAfterNano: bigint | null;
  debtAfterNano: bigint | null;
  reason: string | null;
  /** The order it belongs to; its receipt and what was paid for it. */
  purchaseId: string | null;
  receiptUrl: string | null;
  invoiceUrl: string | null;
}

/** What the calls of one calendar day cost together. Each call's own line is its row in the logs. */
export interface SpendDayLine {
  kind: "spend";
  /** `2026-11-21`, in the reader's zone. */
  day: string;
  /** The end of the last quarter of an hour in which a call was charged. */
  at: Date;
  amountNano: bigint;
  calls: bigint;
}

export type HistoryLine = TransactionLine | SpendDayLine;

export interface History {
  /** Newest first. */
  lines: HistoryLine[];
  /** Cursor of the page after this one, or null at the end. */
  older: string | null;
}
