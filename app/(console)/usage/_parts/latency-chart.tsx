import { scaleLinear, scalePoint } from "d3-scale";
import { useTranslations } from "next-intl";
import { ChartReader } from "@/components/charts/chart-reader";
import { SeriesDot } from "@/components/charts/series-dot";
import { formatDuration } from "@/components/data/format-duration";
import type { UsageRange } from "@/lib/usage/parse-range";
import type { UsageSummary } from "@/lib/usage/summarize-usage";
import { slotLabel } from "../../_calls/slot-label";

const HALF = "var(--chart-1)";
const MOST = "var(--chart-3)";
const X_LABELS = 6;

/**
 * Time to the first byte over the slots of a range: within what half and nearly all calls had theirs. Where nothing
 * was answered the line is broken. Read like the bars: pointer, arrow keys, and a table for screen readers.
 */
export function LatencyChart({
  summary,
  range,
  now,
  title,
  height = 240,
}: {
  summary: UsageSummary;
  range: UsageRange;
  now: Date;
  title: string;
  height?: number;
}) {
  const t = useTranslations("usage");
  const tUi = useTranslations("ui");
  const points = summary.slots.map((slot, at) => ({
    id: String(at),
    label: slotLabel(slot, range, now),
    half: slot.speed.firstByteP50Ms,
    most: slot.speed.firstByteP95Ms,
  }));
  const x = scalePoint<string>()
    .domain(points.map(({ id }) => id))
    .range([0, 100])
    .padding(0.5);
  const highest = Math.max(0, ...points.map(({ most }) => most ?? 0));
  const y = scaleLinear()
    .domain([0, highest || 1])
    .nice(4)
    .range([height, 0]);
  const ticks = highest === 0 ? [0] : y.ticks(4);
  const every = Math.max(1, Math.ceil(points.length / X_LABELS));
  const said = (ms: number | null) => (ms === null ? t("noLatency") : formatDuration(ms));
  const lines = [
    { key: "most", name: t("latencyMost"), color: MOST },
    { key: "half", name: t("latencyHalf"), color: HALF },
  ] as const;

  return (
    <figure className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 pt-2">
        <div
          aria-hidden="true"
          className="num relative min-w-12 text-right text-ink-3 text-xs"
          style={{ height }}
        >
          {ticks.map((tick) => (
            <span
              key={tick}
              className="absolute right-0 -translate-y-2 whitespace-nowrap"
              style={{ top: y(tick) }}
            >
              {formatDuration(tick)}
            </span>
          ))}
        </div>
        <ChartReader
          label={title}
          points={points.map((point) => ({
            id: point.id,
            label: point.label,
            center: x(point.id) ?? 0,
            total: said(point.half),
            parts: lines.flatMap(({ key, name, color }) =>
              point[key] === null ? [] : [{ key, name, color, value: said(point[key]) }],
            ),
          }))}
        >
          <svg aria-hidden="true" width="100%" height={height} className="block overflow-visible">
            {ticks.map((tick) => (
              <line
                key={tick}
                x1="0"
                x2="100%"
                y1={y(tick)}
                y2={y(tick)}
                style={{ stroke: tick === 0 ? "var(--edge)" : "var(--line)" }}
                shapeRendering="crispEdges"
              />
            ))}
            {lines.map(({ key, color }) => (
              <g key={key} style={{ stroke: color, fill: color }}>
                {points.slice(1).map((point, at) => {
                  const [from, to] = [points[at]?.[key] ?? null, point[key]];
                  if (from === null || to === null) return null;
                  return (
                    <line
                      key={point.id}
                      x1={`${x(String(at)) ?? 0}%`}
                      x2={`${x(point.id) ?? 0}%`}
                      y1={y(from)}
                      y2={y(to)}
                      strokeWidth="1.75"
                      strokeLinecap="round"
                    />
                  );
                })}
                {points.map((point) =>
                  point[key] === null ? null : (
                    <circle
                      key={point.id}
                      cx={`${x(point.id) ?? 0}%`}
                      cy={y(point[key])}
                      r="2"
                      stroke="none"
                    />
                  ),
                )}
              </g>
            ))}
          </svg>
          {highest === 0 ? (
            <p className="absolute inset-0 grid place-items-center text-ink-3">{t("latencyNone")}</p>
          ) : null}
        </ChartReader>
        <span />
        <div aria-hidden="true" className="num relative mt-1.5 h-4 text-ink-3 text-xs">
          {points.map((point, at) =>
            (points.length - 1 - at) % every === 0 ? (
              <span
                key={point.id}
                className={`absolute whitespace-nowrap ${at === points.length - 1 ? "-translate-x-full" : "-translate-x-1/2"} ${((points.length - 1 - at) / every) % 2 === 1 ? "max-sm:hidden" : ""}`}
                style={{ left: at === points.length - 1 ? "100%" : `${x(point.id) ?? 0}%` }}
              >
                {point.label}
              </span>
            ) : null,
          )}
        </div>
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
        {[...lines].reverse().map(({ key, name, color }) => (
          <li key={key} className="flex items-center gap-1.5 text-ink-2">
            <SeriesDot color={color} />
            {name}
            <span className="num text-ink-3">
              {said(key === "half" ? summary.speed.firstByteP50Ms : summary.speed.firstByteP95Ms)}
            </span>
          </li>
        ))}
      </ul>
      <div className="sr-only">
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{tUi("chartPeriod")}</th>
              <th scope="col">{t("latencyHalf")}</th>
              <th scope="col">{t("latencyMost")}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.id}>
                <th scope="row">{point.label}</th>
                <td>{said(point.half)}</td>
                <td>{said(point.most)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
