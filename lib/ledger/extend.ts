import { MicroBatch } from "@/lib/ledger/batch";
import { callBatch } from "@/lib/ledger/hot-pool";
import type { ExtendRequest, ExtendResult } from "@/lib/ledger/types";

interface Row {
  seq: number;
  added: bigint;
  amount_nano: bigint;
}

const batch = new MicroBatch<ExtendRequest, ExtendResult>(
  async (requests) => {
    const rows = await callBatch<Row>(
      "extend_batch",
      requests.map((r) => ({
        hold: r.holdId,
        ws: r.workspaceId,
        price: r.outputPico.toString(),
        add: r.addTokens,
        min: r.minTokens,
      })),
    );
    return rows.map((row) => ({ addedTokens: Number(row.added), amountNano: row.amount_nano }));
  },
  // Not repeatable: an extension whose outcome is unknown is not asked for twice.
  { maxSize: 256, patienceMs: 0 },
);

/** Lets a stream hold more as it goes. `addedTokens` is 0 when nothing more can be had: end it with `length`. */
export function extend(request: ExtendRequest): Promise<ExtendResult> {
  return batch.add(request);
}
