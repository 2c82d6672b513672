import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";

export interface WalletView {
  /** What can be spent now: balance less what calls in flight hold. */
  availableNano: bigint;
  reservedNano: bigint;
  balanceNano: bigint;
  debtNano: bigint;
  openHolds: number;
  frozen: boolean;
  frozenReason: string | null;
  /** The next lot that expires, if one does. */
  nextExpiryAt: Date | null;
}

/** A workspace's money as it stands. The caller has checked that this workspace is its own. */
export async function getWallet(workspaceId: string): Promise<WalletView> {
  const [wallet, openHolds] = await Promise.all([
    db().wallet.findUnique({ where: { workspaceId } }),
    db().hold.count({ where: { workspaceId, status: "open" } }),
  ]);
  if (!wallet) throw notFound("wallet");
  return {
    availableNano: wallet.balanceNano - wallet.reservedNano,
    reservedNano: wallet.reservedNano,
    balanceNano: wallet.balanceNano,
    debtNano: wallet.debtNano,
    openHolds,
    frozen: wallet.frozenAt !== null,
    frozenReason: wallet.frozenReason,
    nextExpiryAt: wallet.nextExpiryAt,
  };
}
