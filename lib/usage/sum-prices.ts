import { nanoFromPico, PICO_PER_NANO, tokenCount } from "@/lib/money";
import type { UsageCall } from "@/lib/usage/types";

/** The prices of one version, in pico-USD per token, and per request. */
export interface CallPrices {
  inputPico: bigint;
  cachedInputPico: bigint;
  cacheWrite5mPico: bigint;
  cacheWrite1hPico: bigint;
  outputPico: bigint;
  reasoningPico: bigint;
  audioInputPico: bigint;
  audioOutputPico: bigint;
  imageInputPico: bigint;
  requestPico: bigint;
}

export const PRICED_BUCKETS = [
  ["input", "inputTokens", "inputPico"],
  ["cached", "cachedTokens", "cachedInputPico"],
  ["cacheWrite5m", "cacheWrite5mTokens", "cacheWrite5mPico"],
  ["cacheWrite1h", "cacheWrite1hTokens", "cacheWrite1hPico"],
  ["audioInput", "audioInputTokens", "audioInputPico"],
  ["image", "imageTokens", "imageInputPico"],
  ["output", "outputTokens", "outputPico"],
  ["reasoning", "reasoningTokens", "reasoningPico"],
  ["audioOutput", "audioOutputTokens", "audioOutputPico"],
] as const satisfies readonly (readonly [string, keyof UsageCall, keyof CallPrices])[];

export type PricedBucket = (typeof PRICED_BUCKETS)[number][0] | "request";
export type CallTokens = Pick<UsageCall, (typeof PRICED_BUCKETS)[number][1]>;

export interface PriceLine {
  bucket: PricedBucket;
  /** Tokens, or 1 for the price of a request. */
  quantity: number;
  unitPico: bigint;
  amountPico: bigint;
}

/** How a call's cost comes about. `linesPico + roundingPico = (costNano + notChargedNano) * 1000`, to the unit. */
export interface PriceSum {
  lines: PriceLine[];
  linesPico: bigint;
  /** What rounding the sum up to a whole nano-USD added: less than one. */
  roundingPico: bigint;
  /** What the call was worth and the caller did not pay. */
  notChargedNano: bigint;
  costNano: bigint;
}

/**
 * Tokens times prices of a call that cost `costNano`. A bucket without tokens has no line, except that input and
 * output always have one. Null if the lines come to less than was charged, which no call of ours does.
 */
export function sumPrices(tokens: CallTokens, prices: CallPrices, costNano: bigint): PriceSum | null {
  const lines: PriceLine[] = [];
  for (const [bucket, count, price] of PRICED_BUCKETS) {
    const quantity = tokens[count];
    if (quantity === 0 && bucket !== "input" && bucket !== "output") continue;
    const unitPico = prices[price];
    lines.push({ bucket, quantity, unitPico, amountPico: tokenCount(quantity) * unitPico });
  }
  if (prices.requestPico > 0n) {
    lines.push({
      bucket: "request",
      quantity: 1,
      unitPico: prices.requestPico,
      amountPico: prices.requestPico,
    });
  }
  const linesPico = lines.reduce((sum, line) => sum + line.amountPico, 0n);
  const worthNano = nanoFromPico(linesPico);
  if (worthNano < costNano) return null;
  return {
    lines,
    linesPico,
    roundingPico: worthNano * PICO_PER_NANO - linesPico,
    notChargedNano: worthNano - costNano,
    costNano,
  };
}
