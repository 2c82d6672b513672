import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SeriesDot } from "@/components/charts/series-dot";
import { ShareBar } from "@/components/charts/share-bar";
import { type Column, DataTable } from "@/components/data/data-table";
import { Duration } from "@/components/data/duration";
import { group as grouped } from "@/components/data/format-tokens";
import { Money } from "@/components/data/money";
import { Tokens } from "@/components/data/tokens";
import type { UsageGroupBy, UsageMeasure } from "@/lib/usage/summarize-usage";
import type { UsageSums } from "@/lib/usage/usage-sums";
import { formatShare } from "../../_calls/format-share";
import { ModelName } from "../../_calls/model-name";
import type { Line } from "./breakdown-lines";
import { amountOf } from "./measure-series";

/** Lines of one kind with their sums; each links to the page narrowed down to it. */
export function BreakdownTable({
  what,
  measure,
  caption,
  lines,
  totals,
  footer,
}: {
  what: UsageGroupBy | "hour" | "day" | "week";
  measure: UsageMeasure;
  caption: string;
  lines: Line[];
  totals: UsageSums;
  footer: ReactNode;
}) {
  const t = useTranslations("usage");
  const columns: Column<Line>[] = [
    {
      id: "name",
      header: t(`column.${what}`),
      className: "w-full max-w-0 min-w-32",
      cell: ({ name, note, color }) => (
        <span className="flex min-w-0 items-center gap-2">
          {color ? <SeriesDot color={color} /> : null}
          {what === "model" ? (
            <ModelName id={name} />
          ) : (
            <span title={name} className={TIMES.includes(what) ? "num truncate" : "truncate"}>
              {name}
            </span>
          )}
          {note ? <span className="text-ink-3 text-xs">{note}</span> : null}
        </span>
      ),
    },
    { id: "calls", header: t("column.calls"), numeric: true, cell: ({ sums }) => grouped(sums.calls) },
    ...(measure === "latency" ? speedColumns(t) : amountColumns(t, measure, totals)),
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={lines}
      rowKey={({ id }) => id}
      rowHref={({ href }) => href}
      footer={footer}
    />
  );
}

const TIMES: readonly string[] = ["hour", "day", "week"];
type Text = ReturnType<typeof useTranslations<"usage">>;

function speedColumns(t: Text): Column<Line>[] {
  const duration = (
    id: "firstByteP50" | "firstByteP95" | "totalP50" | "totalP95",
    from?: "sm" | "lg",
  ): Column<Line> => ({
    id,
    header: t(`column.${id}`),
    numeric: true,
    ...(from ? { from } : {}),
    cell: ({ speed }) => {
      const ms = speed[`${id}Ms`];
      return ms === null ? <span className="text-ink-3">–</span> : <Duration durationMs={ms} />;
    },
  });
  return [
    duration("firstByteP50"),
    duration("firstByteP95"),
    duration("totalP50", "sm"),
    duration("totalP95", "sm"),
    {
      id: "speed",
      header: t("column.speed"),
      numeric: true,
      from: "lg",
      cell: ({ speed }) =>
        speed.tokensPerSecond === null ? (
          <span className="text-ink-3">–</span>
        ) : (
          speed.tokensPerSecond.toFixed(1)
        ),
    },
  ];
}

function amountColumns(t: Text, measure: UsageMeasure, totals: UsageSums): Column<Line>[] {
  const tokens = (
    id: "tokensIn" | "cached" | "tokensOut" | "reasoning",
    from: "sm" | "md" | "lg" | "xl",
    pick: (sums: UsageSums) => bigint,
  ): Column<Line> => ({
    id,
    header: t(`column.${id}`),
    numeric: true,
    from,
    cell: ({ sums }) => <Tokens count={pick(sums)} />,
  });
  const closer = measure === "tokens";
  return [
    tokens("tokensIn", closer ? "sm" : "md", (sums) => sums.inputTokens),
    tokens("cached", closer ? "md" : "lg", (sums) => sums.cachedTokens),
    tokens("tokensOut", closer ? "sm" : "md", (sums) => sums.outputTokens + sums.reasoningTokens),
    ...(closer ? [tokens("reasoning", "lg", (sums) => sums.reasoningTokens)] : []),
    {
      id: "errors",
      header: t("column.errors"),
      numeric: true,
      ...(measure === "errors" ? {} : { from: "lg" as const }),
      cell: ({ sums }) => (
        <span className={sums.failed > 0n ? "whitespace-nowrap" : "whitespace-nowrap text-ink-3"}>
          {formatShare(sums.failed, sums.calls)}
        </span>
      ),
    },
    {
      id: "cost",
      header: t("column.cost"),
      numeric: true,
      ...(measure === "errors" ? { from: "sm" as const } : {}),
      cell: ({ sums }) => <Money nano={sums.costNano} />,
    },
    {
      id: "share",
      header: t("column.share"),
      numeric: true,
      from: "sm",
      cell: ({ sums, color }) => (
        <ShareBar
          value={amountOf(measure, sums)}
          total={amountOf(measure, totals)}
          {...(color ? { color } : {})}
        />
      ),
    },
  ];
}
