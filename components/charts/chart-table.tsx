import { useTranslations } from "next-intl";
import { type ChartPoint, type ChartUnit, type ColoredSeries, formatValue, pointTotal } from "./chart-data";

/** The numbers of a chart for those who do not see it. */
export function ChartTable({
  title,
  series,
  points,
  unit,
}: {
  title: string;
  series: readonly ColoredSeries[];
  points: readonly ChartPoint[];
  unit: ChartUnit;
}) {
  const t = useTranslations("ui");
  return (
    <div className="sr-only">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("chartPeriod")}</th>
            <th scope="col">{t("chartTotal")}</th>
            {series.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.id}>
              <th scope="row">{point.current ? t("chartCurrent", { label: point.label }) : point.label}</th>
              <td>{formatValue(pointTotal(point, series), unit)}</td>
              {series.map(({ key }) => (
                <td key={key}>{formatValue(point.values[key] ?? 0n, unit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
