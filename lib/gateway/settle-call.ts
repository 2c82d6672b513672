import type { Hold } from "@/lib/gateway/admit";
import type { Call } from "@/lib/gateway/call";
import { type CallFacts, usageRow } from "@/lib/gateway/usage-row";
import type { SettleResult } from "@/lib/ledger/types";
import { log } from "@/lib/log";
import { usdExact } from "@/lib/money";
import type { UsageCall } from "@/lib/usage/types";

/**
 * The end of a call: charge it and return the rest of its hold, durably, with its row, its metrics and its log
 * line. Rejects when the ledger could not for five minutes; then nothing was charged, and nothing may be delivered.
 */
export async function settleCall(
  call: Call,
  hold: Hold,
  facts: CallFacts,
  money: { costNano: bigint; forgivenNano?: bigint },
): Promise<SettleResult> {
  const { services } = call;
  const usage = usageRow(call, { ...facts, hold });
  hold.settling = true;
  let result: SettleResult;
  try {
    result = await services.ledger.settle({
      holdId: hold.holdId,
      workspaceId: usage.workspaceId,
      costNano: money.costNano,
      ...(money.forgivenNano ? { forgivenNano: money.forgivenNano } : {}),
      usage,
    });
  } catch (error) {
    services.metrics.alerts.inc({ alert: "settle_failed" });
    log.error(
      {
        alert: "settle_failed",
        requestId: call.requestId,
        holdId: hold.holdId,
        err: (error as Error).message,
      },
      "a call could not be settled; its hold stays until this process ends",
    );
    throw error;
  }
  services.metrics.calls.inc({ outcome: usage.outcome });
  services.metrics.callSeconds.observe(usage.totalMs / 1000);
  services.metrics.queuedSeconds.observe(usage.queuedMs / 1000);
  if (result.lossNano > 0n && !money.forgivenNano) {
    services.metrics.alerts.inc({ alert: "charge_beyond_hold" });
    log.error(
      {
        alert: "charge_beyond_hold",
        requestId: call.requestId,
        model: usage.modelId,
        lossUsd: usdExact(result.lossNano),
      },
      "a call cost more than it held and the wallet had; the rest is a loss",
    );
  }
  // An ordinary call has its row; a line for each would cost more than the rest of its bookkeeping.
  if (usage.outcome !== "ok" || log.isLevelEnabled("debug")) logCall(usage, result);
  return result;
}

function logCall(usage: UsageCall, result: SettleResult): void {
  const { requestId, workspaceId, keyId, modelId, outcome, httpStatus, errorCode, streamed, totalMs } = usage;
  const costUsd = usdExact(result.chargedNano);
  const facts = {
    requestId,
    workspaceId,
    keyId,
    modelId,
    outcome,
    httpStatus,
    errorCode,
    streamed,
    costUsd,
    totalMs,
  };
  log[outcome === "ok" ? "debug" : "info"](facts, "call");
}
