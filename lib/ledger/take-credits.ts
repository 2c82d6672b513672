import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

/** Takes available credit out by an operator's decision. Throws AppError `conflict` when less is available. */
export async function takeCredits(
  tx: Pick<Tx, "$queryRaw">,
  input: { workspaceId: string; amountNano: bigint; key: string; actor: string; reason: string },
): Promise<{ transactionId: bigint; taken: boolean; balanceNano: bigint }> {
  try {
    const rows = await tx.$queryRaw<{ transaction_id: bigint; taken: boolean; balance_nano: bigint }[]>`
      SELECT * FROM ledger.take_credits(${input.workspaceId}, ${input.amountNano}, 'correction', ${input.key},
        ${input.actor}, ${input.reason}, 'adjustments'::account_kind)`;
    const [row] = rows;
    if (!row) throw new AppError("internal", "internal");
    return { transactionId: row.transaction_id, taken: row.taken, balanceNano: row.balance_nano };
  } catch (error) {
    if (error instanceof Error && /available|positive/.test(error.message)) {
      throw new AppError("conflict", "notAvailable", { cause: error, field: "amount" });
    }
    throw error;
  }
}
