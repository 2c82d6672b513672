import { releaseQuietly } from "@/lib/ledger/settle";
import { takeReserve } from "@/lib/ledger/turn";
import type { ReserveRequest, ReserveResult } from "@/lib/ledger/types";

/** The largest upper bound that is asked for at all, in pico-USD: about $9 million. */
const MAX_BOUND_PICO = 9_000_000_000_000_000_000n;

/**
 * Sets money aside for a call, checks and counts every limit of its key, in one durable step. Repeating a hold id
 * answers as the first time. Rejects with RangeError for a bound beyond any ledger, and with the database's error
 * after 5 s without one; whatever was set aside by then is returned.
 */
export async function reserve(request: ReserveRequest): Promise<ReserveResult> {
  if (request.fixedPico < 0n || request.outputPico < 0n) throw new RangeError("a price cannot be negative");
  if (request.fixedPico + request.outputPico * BigInt(request.wantOutputTokens) > MAX_BOUND_PICO) {
    throw new RangeError("the upper bound of this call is beyond the ledger's range");
  }
  try {
    return await takeReserve(request);
  } catch (error) {
    releaseQuietly(request.holdId, request.workspaceId, request.keyId);
    throw error;
  }
}
