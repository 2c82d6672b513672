import { type ChartUnit, type ColoredSeries, formatValue } from "./chart-data";
import { SeriesDot } from "./series-dot";

/** Names with their colours and totals, largest first. */
export function ChartLegend({ series, unit }: { series: readonly ColoredSeries[]; unit: ChartUnit }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {series.map(({ key, name, color, total }) => (
        <li key={key} className="flex min-w-0 items-center gap-1.5 text-ink-2">
          <SeriesDot color={color} />
          <span className="max-w-48 truncate">{name}</span>
          <span className="num text-ink-3">{formatValue(total, unit)}</span>
        </li>
      ))}
    </ul>
  );
}
