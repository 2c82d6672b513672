import { MicroBatch } from "@/lib/ledger/batch";
import { callRows } from "@/lib/ledger/hot-pool";
import { type SettleMember, settleMemberFields } from "@/lib/ledger/settle-member";
import type { SettleRequest, SettleResult } from "@/lib/ledger/types";
import { log } from "@/lib/log";
import type { RefusedCall } from "@/lib/usage/types";

/** Where a member was charged something else than its cost. */
interface Other {
  seq: number;
  charged: string;
  loss: string;
  replayed: boolean;
}

/** Money that was earned is not given up on while this process lives: five minutes outlast a restart of Postgres. */
const batch = new MicroBatch<SettleMember, SettleResult>(
  async (members) => {
    const others = await callRows<Other>("settle_calls", members.map(settleMemberFields));
    const results = members.map(
      (one): SettleResult => ({ chargedNano: one.costNano, lossNano: one.forgivenNano, replayed: false }),
    );
    for (const { seq, charged, loss, replayed } of others) {
      results[seq] = { chargedNano: BigInt(charged), lossNano: BigInt(loss), replayed };
    }
    return results;
  },
  { maxSize: 256, patienceMs: 300_000 },
);

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
  return batch.add({
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
  return batch.add({ hold: null, costNano: 0n, forgivenNano: 0n, row: true, workspaceId, keyId, usage });
}

/** Gives back a hold whose reserve may or may not have happened, without a usage row; failures are only logged. */
export function releaseQuietly(holdId: string, workspaceId: string, keyId: string): void {
  batch
    .add({ hold: holdId, costNano: 0n, forgivenNano: 0n, row: false, workspaceId, keyId, usage: null })
    .catch((error: Error) => log.debug({ err: error.message, holdId }, "nothing to give back"));
}
