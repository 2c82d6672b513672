import type { Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * Takes credit back by hand, once per key, inside the caller's transaction: promotional first, as calls do. Takes
 * all of it or nothing: throws AppError `conflict` where less is available than is to be taken.
 */
export async function takeCredits(
  tx: Pick<Tx, "$queryRaw">,
  input: { workspaceId: string; amountNano: bigint; key: string; actor: string; reason: string },
): Promise<{ balanceNano: bigint }> {
  const rows = await tx.$queryRaw<{ taken: boolean; balance_nano: bigint }[]>`
    SELECT * FROM ledger.take_credits(${input.workspaceId}, ${input.amountNano}, ${input.key}, ${input.actor},
      ${input.reason})`;
  const [row] = rows;
  if (!row) throw new AppError("internal", "internal");
  if (!row.taken) throw new AppError("conflict", "notThatMuch", { field: "amount" });
  return { balanceNano: row.balance_nano };
}
