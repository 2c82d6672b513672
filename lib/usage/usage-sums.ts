import { FAILED_OUTCOMES } from "@/lib/usage/parse-filters";

/** Sums over calls. Money in nano-USD; input counts cache writes, audio and images, but not what was cached. */
export interface UsageSums {
  calls: bigint;
  failed: bigint;
  inputTokens: bigint;
  cachedTokens: bigint;
  outputTokens: bigint;
  reasoningTokens: bigint;
  costNano: bigint;
}

/** Selects a row's or a group's UsageSums from `usage_rollups AS u`. */
export const SUMS_SQL = `
  coalesce(sum(u.calls), 0)::bigint AS "calls",
  coalesce(sum(u.calls) FILTER (WHERE u.outcome IN (${FAILED_OUTCOMES.map((name) => `'${name}'`).join(", ")})), 0)::bigint AS "failed",
  coalesce(sum(u.input_tokens), 0)::bigint AS "inputTokens",
  coalesce(sum(u.cached_tokens), 0)::bigint AS "cachedTokens",
  coalesce(sum(u.output_tokens), 0)::bigint AS "outputTokens",
  coalesce(sum(u.reasoning_tokens), 0)::bigint AS "reasoningTokens",
  coalesce(sum(u.cost_nano), 0)::bigint AS "costNano"`;

export function noSums(): UsageSums {
  return {
    calls: 0n,
    failed: 0n,
    inputTokens: 0n,
    cachedTokens: 0n,
    outputTokens: 0n,
    reasoningTokens: 0n,
    costNano: 0n,
  };
}

export function addSums(into: UsageSums, more: UsageSums): void {
  into.calls += more.calls;
  into.failed += more.failed;
  into.inputTokens += more.inputTokens;
  into.cachedTokens += more.cachedTokens;
  into.outputTokens += more.outputTokens;
  into.reasoningTokens += more.reasoningTokens;
  into.costNano += more.costNano;
}
