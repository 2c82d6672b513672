import { takeSettle } from "@/lib/ledger/turn";
import type { SettleRequest, SettleResult } from "@/lib/ledger/types";
import { log } from "@/lib/log";
import type { RefusedCall } from "@/lib/usage/types";

/**
 * Ends a call: charges it, returns the rest of its hold, writes its usage row and its share of the rollups, in one
 * durable step. Never rejects for want of money: what cannot be charged is a loss. A second settle of the same hold
 * changes nothing and answers what the first did; one that comes after the reaper charges the difference.
 * Rejects with the database's error when that persists for five minutes, or when there is no such hold.
 */
export function settle({
  holdId,
  workspaceId,
  costNano,
  forgivenNano,
  usage,
}: SettleRequest): Promise<SettleResult> {
  const { keyId } = usage;
  return takeSettle({
    hold: holdId,
    costNano,
    forgivenNano: forgivenNano ?? 0n,
    row: true,
    workspaceId,
    keyId,
    usage,
  });
}

/** Writes the row of a call that was refused before anything was set aside; see RefusedCall for what may be left out. */
export function recordRefused(usage: RefusedCall): Promise<SettleResult> {
  const { workspaceId, keyId } = usage;
  return takeSettle({ hold: null, costNano: 0n, forgivenNano: 0n, row: true, workspaceId, keyId, usage });
}

/** Gives back a hold whose reserve may or may not have happened, without a usage row; failures are only logged. */
export function releaseQuietly(holdId: string, workspaceId: string, keyId: string): void {
  takeSettle({
    hold: holdId,
    costNano: 0n,
    forgivenNano: 0n,
    row: false,
    workspaceId,
    keyId,
    usage: null,
  }).catch((error: Error) => log.debug({ err: error.message, holdId }, "nothing to give back"));
}
