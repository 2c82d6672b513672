import { scaleBand, scaleLinear } from "d3-scale";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { cn } from "@/components/ui/cn";
import {
  arrangeSeries,
  type ChartPoint,
  type ChartSeries,
  type ChartUnit,
  formatTicks,
  formatValue,
  largest,
  pointTotal,
} from "./chart-data";
import { ChartLegend } from "./chart-legend";
import { ChartReader } from "./chart-reader";
import { ChartTable } from "./chart-table";

const X_LABELS = 6;

/**
 * Bars by period, stacked by series, drawn by the server. Read it with the pointer or the arrow keys; a table
 * with the same numbers stands behind it for screen readers. Widths are percentages, heights pixels, so it fits
 * any place without measuring.
 */
export function StackedBars({
  title,
  series: given,
  points: givenPoints,
  unit,
  height = 220,
  legend = true,
  empty,
}: {
  title: string;
  series: readonly ChartSeries[];
  points: readonly ChartPoint[];
  unit: ChartUnit;
  height?: number;
  legend?: boolean;
  /** What stands in the plot when everything is zero. */
  empty?: string;
}) {
  const t = useTranslations("ui");
  const hatch = useId();
  const { series, points } = arrangeSeries(given, givenPoints, t("chartRest"));
  const totals = points.map((point) => pointTotal(point, series));
  const most = largest(totals);
  // Numbers from here on are places on the screen, not money.
  const y = scaleLinear()
    .domain([0, most === 0n ? 1 : Number(most)])
    .nice(4)
    .range([0, height]);
  const x = scaleBand<string>()
    .domain(points.map(({ id }) => id))
    .range([0, 100])
    .paddingInner(points.length > 45 ? 0.2 : points.length > 12 ? 0.28 : 0.55)
    .paddingOuter(points.length > 12 ? 0.1 : 0.3);
  const ticks = most === 0n ? [0] : y.ticks(4).filter((tick) => unit === "usd" || Number.isInteger(tick));
  const tickNames = formatTicks(
    ticks.map((tick) => BigInt(Math.round(tick))),
    unit,
  );
  const every = Math.max(1, Math.ceil(points.length / X_LABELS));

  return (
    <figure className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 pt-2">
        <div
          aria-hidden="true"
          className="num relative min-w-9 text-right text-ink-3 text-xs"
          style={{ height }}
        >
          {ticks.map((tick, index) => (
            <span key={tick} className="block h-0 -translate-y-2" style={{ marginTop: 0 }}>
              <span className="absolute right-0" style={{ top: height - y(tick) }}>
                {tickNames[index]}
              </span>
              <span className="invisible">{tickNames[index]}</span>
            </span>
          ))}
        </div>
        <ChartReader
          label={title}
          points={points.map((point, index) => ({
            id: point.id,
            label: point.current ? t("chartCurrent", { label: point.label }) : point.label,
            center: (x(point.id) ?? 0) + x.bandwidth() / 2,
            total: formatValue(totals[index] ?? 0n, unit),
            parts: series.flatMap(({ key, name, color }) => {
              const value = point.values[key] ?? 0n;
              return value === 0n ? [] : [{ key, name, color, value: formatValue(value, unit) }];
            }),
          }))}
        >
          <svg aria-hidden="true" width="100%" height={height} className="block overflow-visible">
            <defs>
              <pattern
                id={hatch}
                patternUnits="userSpaceOnUse"
                width="5"
                height="5"
                patternTransform="rotate(45)"
              >
                <rect width="2.5" height="5" style={{ fill: "var(--raised)" }} opacity="0.6" />
              </pattern>
            </defs>
            {ticks.map((tick) => (
              <line
                key={tick}
                x1="0"
                x2="100%"
                y1={height - y(tick) + (tick === 0 ? -0.5 : 0.5)}
                y2={height - y(tick) + (tick === 0 ? -0.5 : 0.5)}
                style={{ stroke: tick === 0 ? "var(--edge)" : "var(--line)" }}
                shapeRendering="crispEdges"
              />
            ))}
            {points.map((point, index) => {
              let top = height;
              const left = `${x(point.id) ?? 0}%`;
              const width = `${x.bandwidth()}%`;
              return (
                <g key={point.id} data-point={index}>
                  {series.map(({ key, color }) => {
                    const value = point.values[key] ?? 0n;
                    if (value === 0n) return null;
                    const tall = Math.max(1, y(Number(value)));
                    top -= tall;
                    return (
                      <rect
                        key={key}
                        x={left}
                        width={width}
                        y={top}
                        height={tall > 3 ? tall - 1 : tall}
                        style={{ fill: color }}
                      />
                    );
                  })}
                  {point.current ? (
                    <rect x={left} width={width} y={top} height={height - top} fill={`url(#${hatch})`} />
                  ) : null}
                </g>
              );
            })}
          </svg>
          {most === 0n && empty ? (
            <p className="absolute inset-0 grid place-items-center text-ink-3">{empty}</p>
          ) : null}
        </ChartReader>
        <span />
        <div aria-hidden="true" className="num relative mt-1.5 h-4 text-ink-3 text-xs">
          {points.map((point, index) =>
            (points.length - 1 - index) % every === 0 ? (
              <span
                key={point.id}
                className={cn(
                  "absolute whitespace-nowrap",
                  index === points.length - 1 ? "-translate-x-full" : "-translate-x-1/2",
                  ((points.length - 1 - index) / every) % 2 === 1 && "max-sm:hidden",
                )}
                style={{
                  left: index === points.length - 1 ? "100%" : `${(x(point.id) ?? 0) + x.bandwidth() / 2}%`,
                }}
              >
                {point.label}
              </span>
            ) : null,
          )}
        </div>
      </div>
      {legend && series.length > 1 ? <ChartLegend series={series} unit={unit} /> : null}
      <ChartTable title={title} series={series} points={points} unit={unit} />
    </figure>
  );
}
