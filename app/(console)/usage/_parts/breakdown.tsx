import Link from "next/link";
import { useTranslations } from "next-intl";
import { Section } from "@/components/data/section";
import { LinkButton } from "@/components/ui/button";
import { TAB, TAB_LIST } from "@/components/ui/tabs";
import type { UsageRange } from "@/lib/usage/parse-range";
import type { UsageSummary } from "@/lib/usage/summarize-usage";
import { type PageQuery, queryHref } from "../../_calls/query-href";
import { SpendChart } from "../../_calls/spend-chart";
import { spendColors } from "../../_calls/spend-series";
import { groupLines, timeLines } from "./breakdown-lines";
import { BreakdownTable } from "./breakdown-table";

const BYS = ["model", "key", "day"] as const;
const FIRST = 10;

/** Spend over time, and the numbers behind it by model, by key or by time. A line narrows the page down to itself. */
export function Breakdown({
  summary,
  range,
  by,
  now,
  query,
}: {
  summary: UsageSummary;
  range: UsageRange;
  by: (typeof BYS)[number];
  now: Date;
  query: PageQuery;
}) {
  const t = useTranslations("usage");
  const lines =
    by === "day"
      ? timeLines(summary, range, now, query, t("soFar"))
      : groupLines(summary, by, query, spendColors(summary, range, now));
  const shown = query.all ? lines : lines.slice(0, FIRST);
  const tab = (name: (typeof BYS)[number]) =>
    name === "day" ? t(`byTime.${range.granularity}`) : t(`byName.${name}`);
  const title = t(`spendChart.${by === "key" ? "key" : "model"}`);
  return (
    <Section title={t("spend")} sentence={t(`per.${range.granularity}`, { zone: range.zone })}>
      <nav aria-label={t("by")} className={TAB_LIST}>
        {BYS.map((name) => (
          <Link
            key={name}
            href={queryHref("/usage", query, { by: name === "model" ? null : name, all: null })}
            scroll={false}
            prefetch={false}
            className={TAB}
            {...(name === by ? { "aria-current": "page" as const } : {})}
          >
            {tab(name)}
          </Link>
        ))}
      </nav>
      <div className="mt-2 mb-3">
        <SpendChart
          summary={summary}
          range={range}
          now={now}
          title={title}
          empty={t("chartEmpty")}
          height={240}
        />
      </div>
      {summary.totals.calls > 0n ? (
        <BreakdownTable
          what={by === "day" ? range.granularity : by}
          caption={tab(by)}
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
