const DAY_MS = 86_400_000;

/** At how many days left a balance is called low. */
export const LOW_DAYS = 3;
/** $1, below which a balance is called low whatever the pace. */
export const LOW_NANO = 1_000_000_000n;

export interface Pace {
  /** Mean spend of a day lately, in nano-USD. */
  perDayNano: bigint;
  /** Whole days that the balance lasts at that pace; null when nothing is being spent. */
  daysLeft: number | null;
}

/**
 * How long a balance lasts if spending goes on as since `since` (or since the first call, if that was later;
 * at least a day, so that one early call does not look like a habit).
 */
export function estimatePace(input: {
  availableNano: bigint;
  spentNano: bigint;
  since: Date;
  firstCallAt: Date | null;
  now: Date;
}): Pace {
  const start = Math.max(input.since.getTime(), input.firstCallAt?.getTime() ?? 0);
  const elapsedMs = BigInt(Math.max(input.now.getTime() - start, DAY_MS));
  const perDayNano = (input.spentNano * BigInt(DAY_MS)) / elapsedMs;
  if (perDayNano <= 0n) return { perDayNano: 0n, daysLeft: null };
  const days = input.availableNano > 0n ? input.availableNano / perDayNano : 0n;
  return { perDayNano, daysLeft: Number(days > 100_000n ? 100_000n : days) };
}

/** The change from one amount to another in tenths of a percent, or null if there is nothing to compare with. */
export function changePermille(now: bigint, before: bigint): number | null {
  if (before <= 0n) return null;
  const permille = ((now - before) * 1000n) / before;
  return Number(permille > 1_000_000n ? 1_000_000n : permille);
}
