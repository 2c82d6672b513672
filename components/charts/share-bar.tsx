import type { SeriesColor } from "./series-colors";

/** A part of a whole in a table cell: the bar and its percentage. Zero of zero is zero. */
export function ShareBar({
  value,
  total,
  color = "var(--chart-rest)",
}: {
  value: bigint;
  total: bigint;
  color?: SeriesColor;
}) {
  const permille = total === 0n ? 0 : Number((value * 1_000n) / total);
  const percent = permille / 10;
  return (
    <span className="inline-flex w-full items-center justify-end gap-2">
      <span aria-hidden="true" className="h-1.5 w-16 overflow-hidden rounded-xs bg-ink/8 max-lg:hidden">
        <span className="block h-full rounded-xs" style={{ width: `${percent}%`, background: color }} />
      </span>
      <span className="num w-12 text-right">
        {percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)} %
      </span>
    </span>
  );
}
