import type { Tx } from "@/lib/db";

/** Books that a dispute was lost: its money left the payment account for good. Repeating changes nothing. */
export async function loseDispute(
  tx: Pick<Tx, "$queryRaw">,
  input: { workspaceId: string; disputeId: string; purchaseId: string; actor: string },
): Promise<void> {
  await tx.$queryRaw`
    SELECT ledger.lose_dispute(${input.workspaceId}, ${input.disputeId}, ${input.actor}, ${input.purchaseId})`;
}
