/** "0.4 %" of a count in another: one decimal below ten, rounded, and never "0 %" for something that did happen. */
export function formatShare(part: bigint, whole: bigint): string {
  if (whole <= 0n || part <= 0n) return "0 %";
  const permille = Number((part * 2000n + whole) / (whole * 2n));
  if (permille === 0) return "< 0.1 %";
  return permille < 100 ? `${(permille / 10).toFixed(1)} %` : `${Math.round(permille / 10)} %`;
}
