import { MicroBatch } from "@/lib/ledger/batch";
import { callBatch } from "@/lib/ledger/hot-pool";
import type { Checkpoint } from "@/lib/ledger/types";

const batch = new MicroBatch<Checkpoint, void>(
  async (points) => {
    await callBatch(
      "checkpoint_batch",
      points.map((p) => ({ hold: p.holdId, cost: p.costNano.toString(), usage: p.usage })),
    );
    return points.map(() => undefined);
  },
  { maxSize: 256, patienceMs: 2_000 },
);

/** Notes what a running call would cost if it ended now, for the reaper. */
export function checkpoint(point: Checkpoint): Promise<void> {
  return batch.add(point);
}
