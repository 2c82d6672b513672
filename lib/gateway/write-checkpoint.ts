import type { Hold } from "@/lib/gateway/admit";
import type { Call } from "@/lib/gateway/call";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { estimateInput } from "@/lib/gateway/measure-call";
import { NO_TOKENS, priceCall } from "@/lib/gateway/price-call";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";
import { type CallFacts, usageRow } from "@/lib/gateway/usage-row";
import { log } from "@/lib/log";

/** Notes in the ledger what a running stream would cost if this process died now; failures are only logged. */
export function writeCheckpoint(
  call: Call,
  request: ApiRequest,
  hold: Hold,
  observer: AnswerObserver,
  known: Omit<CallFacts, "outcome" | "httpStatus">,
): void {
  const counted = observer.countOutput();
  const tokens = observer.usage ?? { ...NO_TOKENS, ...counted, inputTokens: estimateInput(request, hold) };
  const usage = usageRow(call, {
    ...known,
    outcome: "interrupted",
    httpStatus: 200,
    tokens,
    measured: observer.usage !== null,
  });
  call.services.ledger
    .checkpoint({
      holdId: hold.holdId,
      workspaceId: usage.workspaceId,
      costNano: priceCall(known.model.price, tokens),
      usage,
    })
    .catch((error: Error) =>
      log.warn({ requestId: call.requestId, err: error.message }, "checkpoint not written"),
    );
}
