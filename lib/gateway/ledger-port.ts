import type {
  Checkpoint,
  ExtendRequest,
  ExtendResult,
  ReserveRequest,
  ReserveResult,
  SettleRequest,
  SettleResult,
} from "@/lib/ledger/types";
import type { RefusedCall } from "@/lib/usage/types";

/** What the path of a request asks of the ledger; lib/ledger itself, or a stand-in in tests. */
export interface LedgerPort {
  reserve(request: ReserveRequest): Promise<ReserveResult>;
  extend(request: ExtendRequest): Promise<ExtendResult>;
  checkpoint(point: Checkpoint): Promise<void>;
  settle(request: SettleRequest): Promise<SettleResult>;
  recordRefused(usage: RefusedCall): Promise<SettleResult>;
}
