import type { Tx } from "@/lib/db";

/** Why a wallet may not be spent from. */
export type FreezeReason = "dispute" | "operator";

/** Stops all spending at once: every reserve from now on is refused. A wallet frozen for another reason stays so. */
export async function freezeWallet(
  tx: Pick<Tx, "$executeRaw">,
  workspaceId: string,
  reason: FreezeReason,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE wallets SET frozen_at = now(), frozen_reason = ${reason}
    WHERE workspace_id = ${workspaceId} AND frozen_at IS NULL`;
  return changed > 0;
}

/** Ends a freeze that was made for this reason; one of another reason stays. */
export async function thawWallet(
  tx: Pick<Tx, "$executeRaw">,
  workspaceId: string,
  reason: FreezeReason,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE wallets SET frozen_at = NULL, frozen_reason = NULL
    WHERE workspace_id = ${workspaceId} AND frozen_reason = ${reason}`;
  return changed > 0;
}
