import type { Call } from "@/lib/gateway/call";
import { GatewayError } from "@/lib/gateway/gateway-error";
import type { Refused } from "@/lib/ledger/types";
import { formatUsd, usdExact } from "@/lib/money";

/** What a refused reserve means to the caller, with the numbers and the way out. */
export function refusalError(call: Call, refused: Refused, modelId: string): GatewayError {
  const { publicUrl } = call.services;
  const { needed, left, limit, retryAfterMs } = refused;
  const money = { needed_usd: usdExact(needed), left_usd: usdExact(left) };
  const top = { top_up_url: `${publicUrl}/credits` };
  const tokensUrl = `${publicUrl}/tokens`;
  switch (refused.reason) {
    case "no_credit":
      return new GatewayError("insufficient_quota", {
        message: `Not enough credit: a call of this size to ${modelId} needs at least ${formatUsd(needed)} and ${formatUsd(left)} is left. Add credits at ${top.top_up_url}`,
        extra: { limit_source: "account", ...money, ...top },
      });
    case "debt":
      return new GatewayError("insufficient_quota", {
        message: `This account owes ${formatUsd(needed)} after a refund or a dispute. Add credits at ${top.top_up_url}`,
        extra: { limit_source: "account", ...money, ...top },
      });
    case "in_flight":
      return new GatewayError("concurrency_limit_exceeded", {
        message: `Calls that are still running hold the credit that this one needs (${formatUsd(needed)}). Try again when they have ended.`,
        extra: { limit_source: "in_flight", ...money, ...top },
        retryAfterMs: retryAfterMs ?? 1_000,
      });
    case "frozen":
      return new GatewayError("account_frozen");
    case "key_total":
    case "key_period": {
      const budget = limit === null ? "" : ` of ${formatUsd(limit)}`;
      const until = retryAfterMs === null ? null : new Date(Date.now() + retryAfterMs).toISOString();
      return new GatewayError("insufficient_quota", {
        message: `The budget${budget} of this API key is used up: ${formatUsd(left)} is left and this call needs at least ${formatUsd(needed)}.${until ? ` It begins anew at ${until}.` : ""} Change it at ${tokensUrl}`,
        extra: {
          limit_source: "key",
          limit: refused.reason,
          ...money,
          ...(until ? { resets_at: until } : {}),
          limits_url: tokensUrl,
        },
        // When, not whether: nothing but that time helps, so the answer also says not to retry.
        retryAfterMs,
      });
    }
    case "requests_per_minute":
      return new GatewayError("rate_limit_exceeded", {
        message: `This API key may make ${limit ?? ""} requests per minute. Try again ${inSeconds(retryAfterMs)}.`,
        extra: { limit_source: "key", limit: refused.reason },
        retryAfterMs: retryAfterMs ?? 60_000,
      });
    case "tokens_per_minute":
      return new GatewayError("rate_limit_exceeded", {
        message:
          retryAfterMs === null
            ? `This call needs up to ${needed} tokens, more than the ${limit ?? ""} per minute of this API key. Shorten it, lower max_tokens, or raise the limit at ${tokensUrl}`
            : `This API key's ${limit ?? ""} tokens per minute are used up. Try again ${inSeconds(retryAfterMs)}.`,
        extra: { limit_source: "key", limit: refused.reason },
        retryAfterMs,
      });
    case "max_parallel":
      return new GatewayError("concurrency_limit_exceeded", {
        message: `This API key may run ${limit ?? ""} calls at once. Try again when one has ended.`,
        extra: { limit_source: "key", limit: refused.reason },
        retryAfterMs: retryAfterMs ?? 1_000,
      });
    case "request_cost":
      return new GatewayError("request_cost_limit", {
        message: `This call could cost ${formatUsd(needed)} and this API key allows ${formatUsd(left)} per request. Shorten it, or raise the limit at ${tokensUrl}`,
        extra: { limit_source: "key", limit: refused.reason, ...money },
      });
    case "key_gone":
      return new GatewayError("invalid_api_key");
  }
}

function inSeconds(ms: number | null): string {
  const seconds = Math.max(1, Math.ceil((ms ?? 1_000) / 1000));
  return `in ${seconds} second${seconds === 1 ? "" : "s"}`;
}
