import { MicroBatch } from "@/lib/ledger/batch";
import { callBatch } from "@/lib/ledger/hot-pool";
import { releaseQuietly } from "@/lib/ledger/settle";
import type { LimitSource, RefusalReason, ReserveRequest, ReserveResult } from "@/lib/ledger/types";

interface Row {
  seq: number;
  admitted: boolean;
  reason: RefusalReason | null;
  amount_nano: bigint;
  tokens: bigint;
  clamped_by: LimitSource | null;
  needed: bigint;
  remaining: bigint;
  limit_value: bigint | null;
  retry_ms: bigint | null;
  rpm_limit: bigint | null;
  rpm_left: bigint | null;
  tpm_limit: bigint | null;
  tpm_left: bigint | null;
  reset_ms: bigint;
}

const count = (value: bigint | null) => (value === null ? null : Number(value));

function toResult(row: Row): ReserveResult {
  const rate = {
    requestsLimit: count(row.rpm_limit),
    requestsRemaining: count(row.rpm_left),
    tokensLimit: count(row.tpm_limit),
    tokensRemaining: count(row.tpm_left),
    resetMs: Number(row.reset_ms),
  };
  if (row.admitted) {
    return {
      admitted: true,
      amountNano: row.amount_nano,
      outputTokens: Number(row.tokens),
      clampedBy: row.clamped_by,
      rate,
    };
  }
  return {
    admitted: false,
    reason: row.reason ?? "key_gone",
    needed: row.needed,
    left: row.remaining,
    limit: row.limit_value,
    retryAfterMs: count(row.retry_ms),
    rate,
  };
}

const batch = new MicroBatch<ReserveRequest, ReserveResult>(
  async (requests) => {
    const rows = await callBatch<Row>(
      "reserve_batch",
      requests.map((r) => ({
        hold: r.holdId,
        ws: r.workspaceId,
        key: r.keyId,
        instance: r.instanceId,
        fixed: r.fixedPico.toString(),
        price: r.outputPico.toString(),
        input: r.inputTokens,
        want: r.wantOutputTokens,
        min: Math.min(r.minOutputTokens, r.wantOutputTokens),
      })),
    );
    return rows.map(toResult);
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
