import { describe, expect, it } from "vitest";
import { LATENCY_BOUNDS_MS, latencyPercentile, readHistogram } from "@/lib/usage/latency-histogram";

const bucketOf = (ms: number) => LATENCY_BOUNDS_MS.filter((bound) => bound <= ms).length;

/** As the rollups would hold these latencies. */
function histogramOf(latenciesMs: number[]): string {
  return latenciesMs.reduce((sum, ms) => sum + 10n ** BigInt(12 * bucketOf(ms)), 0n).toString();
}

describe("a histogram of latencies", () => {
  it("is read back bucket by bucket", () => {
    expect(readHistogram("0")).toEqual([0]);
    const counts = readHistogram(histogramOf([0, 0, 1, 250, 250, 250]));
    expect([counts[0], counts[1], counts[bucketOf(250)]]).toEqual([2, 1, 3]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(6);
  });

  it("knows percentiles to a fifth at worst, wherever they lie", () => {
    for (const scale of [3, 40, 900, 25_000, 150_000]) {
      const sorted = Array.from({ length: 2_000 }, (_, i) => Math.round(scale * (1 + (i * i) / 1_000_000)));
      const counts = readHistogram(histogramOf(sorted));
      for (const share of [0.01, 0.5, 0.95, 0.99, 1]) {
        const exact = sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
        const found = latencyPercentile(counts, share) ?? Number.NaN;
        expect(Math.abs(found - exact), `${scale} ms, ${share}`).toBeLessThanOrEqual(
          Math.max(1, exact * 0.19),
        );
      }
    }
  });

  it("has no percentile without calls, and one however few there are", () => {
    expect(latencyPercentile(readHistogram("0"), 0.5)).toBeNull();
    expect(latencyPercentile(readHistogram(histogramOf([0])), 0.95)).toBe(0);
    expect(latencyPercentile(readHistogram(histogramOf([4])), 0.5)).toBe(4);
    expect(latencyPercentile(readHistogram(histogramOf([5_000_000])), 0.5)).toBe(1_048_576);
  });
});
