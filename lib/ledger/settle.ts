import { MicroBatch } from "@/lib/ledger/batch";
import { callBatch } from "@/lib/ledger/hot-pool";
import type { SettleRequest, SettleResult } from "@/lib/ledger/types";
import { log } from "@/lib/log";
import type { RefusedCall } from "@/lib/usage/types";

interface Row {
  seq: number;
  charged: bigint;
  loss: bigint;
  replayed: boolean;
}

interface Member {
  hold: string | null;
  /** Nano-USD as decimal text, ready for JSON. */
  cost: string;
  forgiven: string;
  row: boolean;
  workspaceId: string;
  keyId: string;
}

/** Money that was earned is not given up on while this process lives: five minutes outlast a restart of Postgres. */
const batch = new MicroBatch<Member, SettleResult>(
  async (members) => {
    const rows = await callBatch<Row>("settle_batch", members);
    return rows.map((row) => ({ chargedNano: row.charged, lossNano: row.loss, replayed: row.replayed }));
  },
  { maxSize: 256, patienceMs: 300_000 },
);

/**
 * Ends a call: charges it, returns the rest of its hold, writes its usage row and its share of the rollups, in one
 * durable step. Never rejects for want of money: what cannot be charged is a loss. A second settle of the same hold
 * changes nothing and answers what the first did; one that comes after the reaper charges the difference.
 * Rejects with the database's error when that persists for five minutes, or when there is no such hold.
 */
export function settle(request: SettleRequest): Promise<SettleResult> {
  return batch.add({
    ...request.usage,
    hold: request.holdId,
    cost: request.costNano.toString(),
    forgiven: (request.forgivenNano ?? 0n).toString(),
    row: true,
    workspaceId: request.workspaceId,
  });
}

/** Writes the row of a call that was refused before anything was set aside; see RefusedCall for what may be left out. */
export function recordRefused(usage: RefusedCall): Promise<SettleResult> {
  return batch.add({ ...usage, hold: null, cost: "0", forgiven: "0", row: true });
}

/** Gives back a hold whose reserve may or may not have happened, without a usage row; failures are only logged. */
export function releaseQuietly(holdId: string, workspaceId: string, keyId: string): void {
  batch
    .add({ hold: holdId, workspaceId, keyId, cost: "0", forgiven: "0", row: false })
    .catch((error: Error) => log.debug({ err: error.message, holdId }, "nothing to give back"));
}
