import { MicroBatch } from "@/lib/ledger/batch";
import { callRows } from "@/lib/ledger/hot-pool";
import { numberField, textField } from "@/lib/ledger/row-text";
import { releaseQuietly } from "@/lib/ledger/settle";
import type {
  LimitSource,
  RateState,
  RefusalReason,
  ReserveRequest,
  ReserveResult,
} from "@/lib/ledger/types";
import { nanoFromPico } from "@/lib/money";

/** Where a member was not simply given what it asked for, or has limits to be told of. Amounts as decimal text. */
interface Other {
  seq: number;
  rpm: number | null;
  rpmLeft: number | null;
  tpm: number | null;
  tpmLeft: number | null;
  resetMs: number;
  admitted: boolean;
  amount?: string;
  tokens?: number;
  clampedBy?: LimitSource | null;
  reason?: RefusalReason;
  needed?: string;
  left?: string;
  limit?: string | null;
  retryMs?: number | null;
}

const NO_LIMITS: RateState = {
  requestsLimit: null,
  requestsRemaining: null,
  tokensLimit: null,
  tokensRemaining: null,
  resetMs: 60_000,
};

function toResult(other: Other): ReserveResult {
  const rate: RateState = {
    requestsLimit: other.rpm,
    requestsRemaining: other.rpmLeft,
    tokensLimit: other.tpm,
    tokensRemaining: other.tpmLeft,
    resetMs: other.resetMs,
  };
  if (other.admitted) {
    return {
      admitted: true,
      amountNano: BigInt(other.amount ?? 0),
      outputTokens: other.tokens ?? 0,
      clampedBy: other.clampedBy ?? null,
      rate,
    };
  }
  return {
    admitted: false,
    reason: other.reason ?? "key_gone",
    needed: BigInt(other.needed ?? 0),
    left: BigInt(other.left ?? 0),
    limit: other.limit ? BigInt(other.limit) : null,
    retryAfterMs: other.retryMs ?? null,
    rate,
  };
}

/** All that was asked for; the amount as `ledger.cost` has it. */
function inFull(request: ReserveRequest): ReserveResult {
  const pico = request.fixedPico + request.outputPico * BigInt(request.wantOutputTokens);
  return {
    admitted: true,
    amountNano: nanoFromPico(pico),
    outputTokens: request.wantOutputTokens,
    clampedBy: null,
    rate: NO_LIMITS,
  };
}

/** The fields of the type `ledger.reserve_member`, in its order. */
function fields(r: ReserveRequest, seq: number): string {
  const min = Math.min(r.minOutputTokens, r.wantOutputTokens);
  return (
    `${seq},${textField(r.holdId)},${textField(r.workspaceId)},${textField(r.keyId)},${textField(r.instanceId)},` +
    `${numberField(r.fixedPico)},${numberField(r.outputPico)},${r.inputTokens},${r.wantOutputTokens},${min}`
  );
}

const batch = new MicroBatch<ReserveRequest, ReserveResult>(
  async (requests) => {
    const others = await callRows<Other>("reserve_calls", requests.map(fields));
    if (others.length === 0) return requests.map(inFull);
    const results: ReserveResult[] = [];
    for (const other of others) results[other.seq] = toResult(other);
    return requests.map((request, seq) => results[seq] ?? inFull(request));
  },
  { maxSize: 256, patienceMs: 5_000 },
);

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
    return await batch.add(request);
  } catch (error) {
    releaseQuietly(request.holdId, request.workspaceId, request.keyId);
    throw error;
  }
}
