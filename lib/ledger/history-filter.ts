import { addDays, dayStart, parseDay } from "@/lib/usage/zone-days";

/** The kinds of lines that a history can be narrowed to. `calls` are the sums of days, the rest transactions. */
export const HISTORY_KINDS = [
  "purchases",
  "calls",
  "refunds",
  "disputes",
  "codes",
  "operator",
  "expiry",
  "debt",
] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];

/** As the ledger names its transactions; `calls` are none of them. */
export const KIND_TYPES: Record<Exclude<HistoryKind, "calls">, string[]> = {
  purchases: ["grant:purchase", "grant:bonus"],
  refunds: ["refund", "refund_failed"],
  disputes: ["dispute", "dispute_won", "dispute_lost"],
  codes: ["grant:code", "grant:gift", "grant:trial"],
  operator: ["grant:operator", "correction"],
  expiry: ["expiry"],
  debt: ["debt_payment"],
};

/** Instants: the first inside, the last outside. */
export interface HistoryFilter {
  kind?: HistoryKind | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

export type HistoryProblem = "kind" | "from" | "to";

/**
 * A filter from an address: `kind`, `from` and `to` as days in the reader's zone, both inside. The first value that
 * cannot be meant is named, and left out.
 */
export function parseHistoryFilter(
  query: Readonly<Record<string, string | undefined>>,
  zone: string,
): { filter: HistoryFilter; problem: HistoryProblem | null } {
  const asked = query.kind === "all" ? undefined : query.kind;
  const kind = HISTORY_KINDS.find((name) => name === asked);
  const from = query.from ? parseDay(query.from) : null;
  const to = query.to ? parseDay(query.to) : null;
  const reversed = from !== null && to !== null && from > to;
  const problem =
    asked && !kind ? "kind" : query.from && !from ? "from" : (query.to && !to) || reversed ? "to" : null;
  return {
    problem,
    filter: {
      kind,
      from: from ? dayStart(from, zone) : undefined,
      to: to && !reversed ? dayStart(addDays(to, 1), zone) : undefined,
    },
  };
}
