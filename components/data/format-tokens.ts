/** 1,234 then 12.3k then 4.56M: three significant digits, cut rather than rounded up. */
export function formatTokens(count: number | bigint): string {
  const whole = BigInt(count);
  if (whole < 10_000n) return group(whole);
  if (whole < 1_000_000n) return `${scaled(whole, 1_000n)}k`;
  if (whole < 1_000_000_000n) return `${scaled(whole, 1_000_000n)}M`;
  return `${scaled(whole, 1_000_000_000n)}B`;
}

/** 12,904: a whole number with separators. */
export function group(count: number | bigint): string {
  return BigInt(count)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function scaled(count: bigint, unit: bigint): string {
  const whole = count / unit;
  const places = whole >= 100n ? 0 : whole >= 10n ? 1 : 2;
  const fraction = (((count % unit) * 100n) / unit).toString().padStart(2, "0").slice(0, places);
  return /[1-9]/.test(fraction) ? `${group(whole)}.${fraction.replace(/0+$/, "")}` : group(whole);
}
