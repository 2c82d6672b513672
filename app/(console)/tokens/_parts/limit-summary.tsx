import { useTranslations } from "next-intl";
import { formatTokens } from "@/components/data/format-tokens";
import { Progress } from "@/components/ui/progress";
import type { KeyView } from "@/lib/keys/types";
import { formatUsd } from "@/lib/money";
import { type Gauge, keyGauges } from "./key-gauges";

const SHORT = {
  day: "limit.shortDay",
  week: "limit.shortWeek",
  month: "limit.shortMonth",
  total: "limit.shortTotal",
} as const;

/** A key's limits in a cell: the budget that is closest to its end as a bar, the others in a few words. */
export function LimitSummary({ view }: { view: Pick<KeyView, "limits" | "meter"> }) {
  const t = useTranslations("tokens");
  const [first, ...others] = keyGauges(view).sort((a, b) => b.share - a.share);
  const short = (gauge: Gauge) => t(SHORT[gauge.span], { amount: round(gauge.limitNano) });
  const words = others.map(short);
  const { maxRequestNano, requestsPerMinute, tokensPerMinute, maxParallel, models, ipRanges } = view.limits;
  if (maxRequestNano !== null) words.push(t("limit.perRequest", { amount: round(maxRequestNano) }));
  if (requestsPerMinute !== null) words.push(t("limit.rpm", { count: formatTokens(requestsPerMinute) }));
  if (tokensPerMinute !== null) words.push(t("limit.tpm", { count: formatTokens(tokensPerMinute) }));
  if (maxParallel !== null) words.push(t("limit.parallel", { count: formatTokens(maxParallel) }));
  if (models.length > 0) words.push(t("limit.models", { count: models.length }));
  if (ipRanges.length > 0) words.push(t("limit.ranges", { count: ipRanges.length }));
  if (!first && words.length === 0) return <span className="text-ink-3">{t("list.noLimit")}</span>;
  const gauge = first
    ? t("limit.gauge", { spent: formatUsd(first.spentNano), limit: formatUsd(first.limitNano) })
    : "";
  return (
    <div className="grid min-w-32 max-w-52 gap-1">
      {first ? (
        <div className="flex items-center gap-2" title={gauge}>
          <Progress value={first.share} label={gauge} soonAt={0.8} className="min-w-12 flex-1" />
          <span className="num whitespace-nowrap text-xs">{short(first)}</span>
        </div>
      ) : null}
      {words.length > 0 ? (
        <span className="truncate text-ink-2 text-xs" title={words.join(" · ")}>
          {words.join(" · ")}
        </span>
      ) : null}
    </div>
  );
}

/** $15 rather than $15.00: limits are mostly whole. */
function round(nano: bigint): string {
  return formatUsd(nano).replace(/\.00$/, "");
}
