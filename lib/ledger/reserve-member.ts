import { numberField, textField } from "@/lib/ledger/row-text";
import type {
  LimitSource,
  RateState,
  RefusalReason,
  ReserveRequest,
  ReserveResult,
} from "@/lib/ledger/types";
import { nanoFromPico } from "@/lib/money";

/** Where a member was not simply given what it asked for, or has limits to be told of. Amounts as decimal text. */
export interface ReserveOther {
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

function resultOf(other: ReserveOther): ReserveResult {
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
export function reserveFields(r: ReserveRequest, seq: number): string {
  const min = Math.min(r.minOutputTokens, r.wantOutputTokens);
  return (
    `${seq},${textField(r.holdId)},${textField(r.workspaceId)},${textField(r.keyId)},${textField(r.instanceId)},` +
    `${numberField(r.fixedPico)},${numberField(r.outputPico)},${r.inputTokens},${r.wantOutputTokens},${min}`
  );
}

/** What each request got, in their order. */
export function reserveResults(
  requests: readonly ReserveRequest[],
  others: readonly ReserveOther[],
): ReserveResult[] {
  const results = requests.map(inFull);
  for (const other of others) results[other.seq] = resultOf(other);
  return results;
}
