import { latencyPercentile, readHistogram } from "@/lib/usage/latency-histogram";
import { FAILED_OUTCOMES } from "@/lib/usage/parse-filters";

/** Sums over calls. Money in nano-USD; input counts cache writes, audio and images, but not what was cached. */
export interface UsageSums {
  calls: bigint;
  failed: bigint;
  inputTokens: bigint;
  cachedTokens: bigint;
  /** Part of inputTokens. */
  cacheWriteTokens: bigint;
  outputTokens: bigint;
  reasoningTokens: bigint;
  costNano: bigint;
}

const NAMES = [
  "calls",
  "failed",
  "inputTokens",
  "cachedTokens",
  "cacheWriteTokens",
  "outputTokens",
  "reasoningTokens",
  "costNano",
] as const satisfies readonly (keyof UsageSums)[];

/** Selects a row's or a group's UsageSums from rollups or days `AS u`. */
export const SUMS_SQL = `
  coalesce(sum(u.calls), 0)::bigint AS "calls",
  coalesce(sum(u.calls) FILTER (WHERE u.outcome IN (${FAILED_OUTCOMES.map((name) => `'${name}'`).join(", ")})), 0)::bigint AS "failed",
  coalesce(sum(u.input_tokens), 0)::bigint AS "inputTokens",
  coalesce(sum(u.cached_tokens), 0)::bigint AS "cachedTokens",
  coalesce(sum(u.cache_write_tokens), 0)::bigint AS "cacheWriteTokens",
  coalesce(sum(u.output_tokens), 0)::bigint AS "outputTokens",
  coalesce(sum(u.reasoning_tokens), 0)::bigint AS "reasoningTokens",
  coalesce(sum(u.cost_nano), 0)::bigint AS "costNano"`;

export function noSums(): UsageSums {
  return {
    calls: 0n,
    failed: 0n,
    inputTokens: 0n,
    cachedTokens: 0n,
    cacheWriteTokens: 0n,
    outputTokens: 0n,
    reasoningTokens: 0n,
    costNano: 0n,
  };
}

export function addSums(into: UsageSums, more: UsageSums): void {
  for (const name of NAMES) into[name] += more[name];
}

export function tokensOf(sums: UsageSums): bigint {
  return sums.inputTokens + sums.cachedTokens + sums.outputTokens + sums.reasoningTokens;
}

/** How fast calls were. A histogram is one number: see lib/usage/latency-histogram.ts. */
export interface SpeedSums {
  /** Of calls that had a first byte, and of calls that were answered. */
  firstByteHist: bigint;
  totalHist: bigint;
  timedTokens: bigint;
  timedMs: bigint;
}

/** Selects SpeedSums from rollups or days `AS u`; histograms are beyond any integer. */
export const SPEED_SQL = `
  coalesce(sum(u.first_byte_hist), 0) AS "firstByteHist",
  coalesce(sum(u.total_hist) FILTER (WHERE u.outcome IN ('ok', 'cut')), 0) AS "totalHist",
  coalesce(sum(u.timed_tokens), 0)::bigint AS "timedTokens", coalesce(sum(u.timed_ms), 0)::bigint AS "timedMs"`;

/** Everything in UsageSums and SpeedSums, each of which can be added up. */
export const ADDENDS = [...NAMES, "firstByteHist", "totalHist", "timedTokens", "timedMs"] as const;

export function noSpeed(): SpeedSums {
  return { firstByteHist: 0n, totalHist: 0n, timedTokens: 0n, timedMs: 0n };
}

export function addSpeed(into: SpeedSums, more: SpeedSums): void {
  into.firstByteHist += more.firstByteHist;
  into.totalHist += more.totalHist;
  into.timedTokens += more.timedTokens;
  into.timedMs += more.timedMs;
}

/** Percentiles in milliseconds, and output tokens a second; null where no call tells. */
export interface Speed {
  firstByteP50Ms: number | null;
  firstByteP95Ms: number | null;
  totalP50Ms: number | null;
  totalP95Ms: number | null;
  tokensPerSecond: number | null;
}

export function speedOf(sums: SpeedSums): Speed {
  const firstByte = readHistogram(sums.firstByteHist.toString());
  const total = readHistogram(sums.totalHist.toString());
  return {
    firstByteP50Ms: latencyPercentile(firstByte, 0.5),
    firstByteP95Ms: latencyPercentile(firstByte, 0.95),
    totalP50Ms: latencyPercentile(total, 0.5),
    totalP95Ms: latencyPercentile(total, 0.95),
    tokensPerSecond:
      sums.timedMs === 0n ? null : Math.round(Number((sums.timedTokens * 10_000n) / sums.timedMs)) / 10,
  };
}
