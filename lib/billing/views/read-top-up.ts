import type { Ctx } from "@/lib/actor";
import { chargedThisMonth } from "@/lib/billing/top-up/place-top-up";
import { listSavedCards, type SavedCard } from "@/lib/billing/top-up/saved-cards";
import { db } from "@/lib/db";
import { log } from "@/lib/log";

/** Automatic top-up as its owner set it. Minor units of the pack's currency, nano-USD. */
export interface TopUpView {
  enabled: boolean;
  thresholdNano: bigint;
  packId: string;
  packName: string;
  packActive: boolean;
  currency: string;
  priceMinor: bigint;
  monthlyCapMinor: bigint;
  /** In this calendar month (UTC), those under way included. */
  chargedMinor: bigint;
  /** The cap does not leave room for another one this month. */
  capReached: boolean;
  cardId: string | null;
  cardLabel: string | null;
  failures: number;
  /** `declined`, `needs_owner` or `pack_gone` while it is stopped. */
  stopped: string | null;
}

export interface TopUpState {
  /** Null until it was set for the first time. */
  topUp: TopUpView | null;
  /** Null when Stripe could not be asked just now. */
  cards: SavedCard[] | null;
}

/** The settings of automatic top-up, what they have cost this month, and the cards to choose from. */
export async function readTopUp(ctx: Ctx): Promise<TopUpState> {
  const { workspaceId } = ctx;
  const [row, chargedMinor, cards] = await Promise.all([
    db().autoTopUp.findUnique({ where: { workspaceId } }),
    chargedThisMonth(db(), workspaceId),
    listSavedCards(workspaceId).catch((error: unknown) => {
      log.warn({ requestId: ctx.requestId, err: error }, "saved cards could not be read");
      return null;
    }),
  ]);
  const pack = row ? await db().pack.findUnique({ where: { id: row.packId } }) : null;
  if (!row || !pack) return { topUp: null, cards };
  const topUp = {
    enabled: row.enabled,
    thresholdNano: row.thresholdNano,
    packId: row.packId,
    packName: pack.name,
    packActive: pack.active,
    currency: pack.currency,
    priceMinor: pack.priceMinor,
    monthlyCapMinor: row.monthlyCapMinor,
    chargedMinor,
    capReached: chargedMinor + pack.priceMinor > row.monthlyCapMinor,
    cardId: row.paymentMethodId,
    cardLabel: row.cardLabel,
    failures: row.failures,
    stopped: row.stopped,
  };
  return { topUp, cards };
}
