import { useTranslations } from "next-intl";
import { formatTokens } from "@/components/data/format-tokens";
import { RelativeTime } from "@/components/data/relative-time";
import { cn } from "@/components/ui/cn";
import { Progress } from "@/components/ui/progress";
import { NEAR_LIMIT_SHARE } from "@/lib/keys/list-choices";
import type { KeyLimits, KeyView } from "@/lib/keys/types";
import { formatUsd } from "@/lib/money";
import { keyGauges } from "./key-gauges";

const SHORT = {
  day: "limit.ofDay",
  week: "limit.ofWeek",
  month: "limit.ofMonth",
  total: "limit.ofTotal",
} as const;

/** A key's limits in a list: each budget as a bar with its next start, the others in a few words. */
export function LimitBars({
  view,
  className,
}: {
  view: Pick<KeyView, "limits" | "meter" | "status">;
  className?: string;
}) {
  const t = useTranslations("tokens");
  const gauges = keyGauges(view);
  const words = useLimitWords(view.limits);
  const over = view.status === "revoked" || view.status === "expired";
  if (gauges.length === 0 && words.length === 0) {
    return <span className="text-ink-3 text-xs">{t("list.noLimit")}</span>;
  }
  return (
    <div className={cn("grid min-w-0 gap-1.5", over && "text-ink-3", className)}>
      {gauges.map((gauge) => {
        const spent = formatUsd(gauge.spentNano);
        const limit = formatUsd(gauge.limitNano);
        return (
          <div key={gauge.span} className="grid gap-1">
            <span className="flex flex-wrap justify-between gap-x-3 text-xs">
              <span className={cn("num", gauge.spentNano >= gauge.limitNano && !over && "text-danger-text")}>
                {t(SHORT[gauge.span], { spent, limit: whole(limit) })}
              </span>
              {gauge.endsAt && !over ? (
                <span className="text-ink-3">
                  {t("limit.resets")} <RelativeTime at={gauge.endsAt} />
                </span>
              ) : null}
            </span>
            <Progress
              value={gauge.share}
              label={t("limit.gauge", { spent, limit })}
              soonAt={NEAR_LIMIT_SHARE}
              {...(over ? { tone: "accent" as const, className: "opacity-50" } : {})}
            />
          </div>
        );
      })}
      {words.length > 0 ? (
        <span className={cn("truncate text-xs", !over && "text-ink-2")} title={words.join(" · ")}>
          {words.join(" · ")}
        </span>
      ) : null}
    </div>
  );
}

/** The limits that are no budgets. */
function useLimitWords(limits: KeyLimits): string[] {
  const t = useTranslations("tokens.limit");
  const { maxRequestNano, requestsPerMinute, tokensPerMinute, maxParallel, models, ipRanges } = limits;
  const words: string[] = [];
  if (maxRequestNano !== null) words.push(t("perRequest", { amount: whole(formatUsd(maxRequestNano)) }));
  if (requestsPerMinute !== null) words.push(t("rpm", { count: formatTokens(requestsPerMinute) }));
  if (tokensPerMinute !== null) words.push(t("tpm", { count: formatTokens(tokensPerMinute) }));
  if (maxParallel !== null) words.push(t("parallel", { count: formatTokens(maxParallel) }));
  const [onlyModel] = models;
  if (models.length === 1 && onlyModel) words.push(onlyModel);
  else if (models.length > 1) words.push(t("models", { count: models.length }));
  if (ipRanges.length > 0) words.push(t("ranges", { count: ipRanges.length }));
  return words;
}

/** $15 rather than $15.00: limits are mostly whole. */
function whole(usd: string): string {
  return usd.replace(/\.00$/, "");
}
