import { db } from "@/lib/db";
import { getWallet } from "@/lib/ledger/get-wallet";

export interface CreditGauge {
  availableNano: bigint;
  /** Available credit as a share of what the credit that is not used up yet was worth at first, 0 to 1. */
  share: number;
  frozen: boolean;
}

/** The balance and how full it is, for the frame of every page. The caller has checked that the workspace is its own. */
export async function readGauge(workspaceId: string): Promise<CreditGauge> {
  const [wallet, lots] = await Promise.all([
    getWallet(workspaceId),
    db().lot.aggregate({ where: { workspaceId, exhaustedAt: null }, _sum: { amountNano: true } }),
  ]);
  const boughtNano = lots._sum.amountNano ?? 0n;
  const permille = boughtNano === 0n ? 0n : (wallet.availableNano * 1_000n) / boughtNano;
  return { availableNano: wallet.availableNano, share: Number(permille) / 1_000, frozen: wallet.frozen };
}
