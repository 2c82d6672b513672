import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

export interface ClawBack {
  workspaceId: string;
  purchaseId: string;
  /** What happened: a refund or a dispute that stands, or one that no longer does. */
  kind: "refund" | "refund_failed" | "dispute" | "dispute_won";
  /** Taken back so far in all, and what was paid, both in the currency's minor unit. */
  refundedMinor: bigint;
  paidMinor: bigint;
  /** The business fact: `refund:re_...`. */
  key: string;
  actor: string;
  reason: string;
}

/**
 * Takes back the credit of a refunded or disputed purchase, cumulatively and with its bonus; what was spent becomes debt. A
 * smaller `refundedMinor` than before (a refund that failed, a dispute won) gives back. Repeating changes nothing.
 */
export async function clawBack(
  tx: Pick<Tx, "$queryRaw">,
  input: ClawBack,
): Promise<{ takenNano: bigint; debtNano: bigint; restoredNano: bigint }> {
  const rows = await tx.$queryRaw<{ taken_nano: bigint; debt_nano: bigint; restored_nano: bigint }[]>`
    SELECT * FROM ledger.claw_back(${input.workspaceId}, ${input.purchaseId}, ${input.refundedMinor}, ${input.paidMinor},
      ${input.key}, ${input.actor}, ${input.reason}, ${contraOf(input.kind)}::account_kind, ${input.kind})`;
  const [row] = rows;
  if (!row) throw new AppError("internal", "internal");
  return { takenNano: row.taken_nano, debtNano: row.debt_nano, restoredNano: row.restored_nano };
}

/** The money of a dispute waits for its verdict in an account of its own. */
function contraOf(kind: ClawBack["kind"]): string {
  return kind === "dispute" || kind === "dispute_won" ? "disputes" : "stripe_clearing";
}
