/**
 * Latencies as the rollups keep them: one number, in which twelve decimal digits count the calls of each bucket, so
 * that adding two histograms is adding two numbers. The bounds are those of `usage.latency_bounds()`.
 */
const DIGITS = 12;
const OCTAVES = 20;
const PER_OCTAVE = 4;

/** Lower bounds of the buckets 1 and up, in milliseconds, four to the octave from 1 ms to 17 minutes. */
export const LATENCY_BOUNDS_MS: readonly number[] = [
  ...new Set(
    Array.from({ length: OCTAVES * PER_OCTAVE + 1 }, (_, n) => Math.ceil(2 ** (n / PER_OCTAVE) - 1e-9)),
  ),
];

/** Calls per bucket; the first bucket is below the first bound. `text` is the number as Postgres writes it. */
export function readHistogram(text: string): number[] {
  const counts: number[] = [];
  for (let end = text.length; end > 0; end -= DIGITS) {
    counts.push(Number(text.slice(Math.max(0, end - DIGITS), end)));
  }
  return counts;
}

/**
 * The latency in milliseconds that `share` (0 to 1) of the calls did not exceed, or null without calls. Within a
 * bucket calls are taken to lie evenly on a logarithmic scale, so that it is off by a few percent, and by a fifth at worst.
 */
export function latencyPercentile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = Math.max(1, Math.ceil(total * share));
  let seen = 0;
  for (const [bucket, count] of counts.entries()) {
    if (seen + count < wanted) {
      seen += count;
      continue;
    }
    if (bucket === 0) return 0;
    const low = LATENCY_BOUNDS_MS[bucket - 1] ?? 0;
    const high = LATENCY_BOUNDS_MS[bucket] ?? low;
    // Whole milliseconds: a bucket of one value has no inside.
    return high - low <= 1 ? low : Math.round(low * (high / low) ** ((wanted - seen - 0.5) / count));
  }
  return null;
}
