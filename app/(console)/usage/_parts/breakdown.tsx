import Link from "next/link";
import { useTranslations } from "next-intl";
import { StackedBars } from "@/components/charts/stacked-bars";
import { Section } from "@/components/data/section";
import { LinkButton } from "@/components/ui/button";
import { TAB, TAB_LIST } from "@/components/ui/tabs";
import type { UsageRange } from "@/lib/usage/parse-range";
import {
  REST_GROUP,
  USAGE_MEASURES,
  type UsageMeasure,
  type UsageSummary,
} from "@/lib/usage/summarize-usage";
import { type PageQuery, queryHref } from "../../_calls/query-href";
import { groupLines, timeLines } from "./breakdown-lines";
import { BreakdownTable } from "./breakdown-table";
import { BYS, type By } from "./choices";
import { LatencyChart } from "./latency-chart";
import { measureSeries, seriesColorsOf, unitOf } from "./measure-series";

const FIRST = 10;

/** One measure over time, and the numbers behind it by model, key, client, ... or by time. A line narrows the page down to itself. */
export function Breakdown({
  summary,
  range,
  measure,
  by,
  now,
  query,
}: {
  summary: UsageSummary;
  range: UsageRange;
  measure: UsageMeasure;
  by: By;
  now: Date;
  query: PageQuery;
}) {
  const t = useTranslations("usage");
  const name = useGroupName(by, summary.restGroups);
  const what = t(`chart.${measure}`);
  const title = measure === "latency" ? what : t(`chart.by.${by}`, { what });
  const bars = measure === "latency" ? "calls" : measure;
  const chart = measureSeries(
    summary,
    { measure: bars, by, range, now },
    { kind: (kind) => t(`kind.${kind}`), group: name, all: what },
  );
  const lines =
    by === "day"
      ? timeLines(summary, range, now, query, t("soFar"))
      : groupLines(summary, by, query, name, measure === "latency" ? new Map() : seriesColorsOf(chart));
  const shown = query.all ? lines : lines.slice(0, FIRST);
  const byName = (one: By) => (one === "day" ? t(`byTime.${range.granularity}`) : t(`byName.${one}`));
  return (
    <Section title={what} sentence={t(`per.${range.granularity}`, { zone: range.zone })}>
      <Choices
        label={t("measure.label")}
        names={USAGE_MEASURES.map((one) => ({ name: one, label: t(`measure.${one}`) }))}
        current={measure}
        href={(one) => queryHref("/usage", query, { measure: one === "spend" ? null : one })}
      />
      <div className="mt-2 mb-3">
        {measure === "latency" ? (
          <LatencyChart summary={summary} range={range} now={now} title={title} />
        ) : (
          <StackedBars
            title={title}
            unit={unitOf(measure)}
            empty={t(`emptyMeasure.${measure}`)}
            height={240}
            {...chart}
          />
        )}
      </div>
      <Choices
        label={t("by")}
        names={BYS.map((one) => ({ name: one, label: byName(one) }))}
        current={by}
        href={(one) => queryHref("/usage", query, { by: one === "model" ? null : one, all: null })}
      />
      {summary.totals.calls > 0n ? (
        <BreakdownTable
          what={by === "day" ? range.granularity : by}
          measure={measure}
          caption={byName(by)}
          lines={shown}
          totals={summary.totals}
          footer={
            lines.length > shown.length ? (
              <>
                {t("moreGroups", { count: lines.length - shown.length })}
                <LinkButton
                  variant="quiet"
                  size="sm"
                  href={queryHref("/usage", query, { all: "1" })}
                  scroll={false}
                  prefetch={false}
                >
                  {t("showAll")}
                </LinkButton>
              </>
            ) : null
          }
        />
      ) : null}
    </Section>
  );
}

/** Tabs under their own URLs. */
function Choices({
  label,
  names,
  current,
  href,
}: {
  label: string;
  names: { name: string; label: string }[];
  current: string;
  href: (name: string) => string;
}) {
  return (
    <nav aria-label={label} className={TAB_LIST}>
      {names.map((one) => (
        <Link
          key={one.name}
          href={href(one.name)}
          scroll={false}
          prefetch={false}
          className={TAB}
          {...(one.name === current ? { "aria-current": "page" as const } : {})}
        >
          {one.label}
        </Link>
      ))}
    </nav>
  );
}

/** What people call a group. */
function useGroupName(by: By, restGroups: number): (id: string, name: string) => string {
  const t = useTranslations("usage");
  const tLogs = useTranslations("logs");
  return (id, name) => {
    if (id === REST_GROUP) return t("rest", { count: restGroups });
    const section = by === "status" ? "status" : by === "dialect" ? "dialect" : null;
    if (!section) return name;
    const key = `${section}.${id}` as "status.ok";
    return tLogs.has(key) ? tLogs(key) : name;
  };
}
