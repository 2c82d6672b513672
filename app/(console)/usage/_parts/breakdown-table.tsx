import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SeriesDot } from "@/components/charts/series-dot";
import { ShareBar } from "@/components/charts/share-bar";
import { type Column, DataTable } from "@/components/data/data-table";
import { group as grouped } from "@/components/data/format-tokens";
import { Money } from "@/components/data/money";
import { Tokens } from "@/components/data/tokens";
import type { UsageSums } from "@/lib/usage/usage-sums";
import { formatShare } from "../../_calls/format-share";
import { ModelName } from "../../_calls/model-name";
import type { Line } from "./breakdown-lines";

/** Lines of one kind with their sums; each links to the page narrowed down to it. */
export function BreakdownTable({
  what,
  caption,
  lines,
  totals,
  footer,
}: {
  what: "model" | "key" | "hour" | "day" | "week";
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
      className: "w-full max-w-0 min-w-36",
      cell: ({ name, note, color }) => (
        <span className="flex min-w-0 items-center gap-2">
          {color ? <SeriesDot color={color} /> : null}
          {what === "model" ? (
            <ModelName id={name} />
          ) : (
            <span title={name} className={what === "key" ? "truncate" : "num truncate"}>
              {name}
            </span>
          )}
          {note ? <span className="text-ink-3 text-xs">{note}</span> : null}
        </span>
      ),
    },
    { id: "calls", header: t("column.calls"), numeric: true, cell: ({ sums }) => grouped(sums.calls) },
    {
      id: "in",
      header: t("column.tokensIn"),
      numeric: true,
      from: "md",
      cell: ({ sums }) => <Tokens count={sums.inputTokens} />,
    },
    {
      id: "cached",
      header: t("column.cached"),
      numeric: true,
      from: "lg",
      cell: ({ sums }) => <Tokens count={sums.cachedTokens} />,
    },
    {
      id: "out",
      header: t("column.tokensOut"),
      numeric: true,
      from: "md",
      cell: ({ sums }) => <Tokens count={sums.outputTokens + sums.reasoningTokens} />,
    },
    {
      id: "errors",
      header: t("column.errors"),
      numeric: true,
      from: "lg",
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
      cell: ({ sums }) => <Money nano={sums.costNano} />,
    },
    {
      id: "share",
      header: t("column.share"),
      numeric: true,
      from: "sm",
      cell: ({ sums, color }) => (
        <ShareBar value={sums.costNano} total={totals.costNano} {...(color ? { color } : {})} />
      ),
    },
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
