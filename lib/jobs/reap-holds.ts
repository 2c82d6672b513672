import { reapHolds } from "@/lib/ledger/reap-holds";
import { log } from "@/lib/log";

/** Settles the calls of gateways that died, at their last checkpoint. */
export const reapHoldsJob = {
  name: "reap-holds",
  everyMs: 2_000,
  async run(): Promise<void> {
    const closed = await reapHolds();
    if (closed > 0) log.warn({ alert: "holds_reaped", closed }, "settled calls of a gateway that died");
  },
};
