import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/data/relative-time";
import { cn } from "@/components/ui/cn";
import { Progress } from "@/components/ui/progress";
import type { KeyView } from "@/lib/keys/types";
import { formatUsd } from "@/lib/money";
import { keyGauges } from "../../_parts/key-gauges";

const SPAN = { day: "periodDay", week: "periodWeek", month: "periodMonth", total: "total" } as const;

/** A key's limits in full: budgets as bars with their next start, the others as they are. */
export function KeyLimitList({ view }: { view: KeyView }) {
  const t = useTranslations("tokens");
  const { limits } = view;
  const gauges = keyGauges(view);
  const facts: { label: string; value: ReactNode; wide: boolean }[] = [];
  const add = (label: Parameters<typeof t>[0], value: ReactNode, wide = false) =>
    facts.push({ label: t(label), value, wide });
  if (limits.maxRequestNano !== null)
    add("key.maxRequest", <Figure>{formatUsd(limits.maxRequestNano)}</Figure>);
  if (limits.requestsPerMinute !== null) {
    add("field.requestsPerMinute", <Figure>{limits.requestsPerMinute.toLocaleString("en")}</Figure>);
  }
  if (limits.tokensPerMinute !== null) {
    add("field.tokensPerMinute", <Figure>{limits.tokensPerMinute.toLocaleString("en")}</Figure>);
  }
  if (limits.maxParallel !== null)
    add("field.maxParallel", <Figure>{limits.maxParallel.toLocaleString("en")}</Figure>);
  if (limits.expiresAt) add("field.expiresAt", <RelativeTime at={limits.expiresAt} />);
  if (limits.models.length > 0) add("field.models", <Lines items={limits.models} />, true);
  if (limits.ipRanges.length > 0) add("field.ipRanges", <Lines items={limits.ipRanges} />, true);
  if (gauges.length + facts.length === 0) return <p className="text-ink-2">{t("key.noLimits")}</p>;
  return (
    <div className="grid gap-4 rounded-lg border bg-raised p-4">
      {gauges.map((gauge) => {
        const amounts = { spent: formatUsd(gauge.spentNano), limit: formatUsd(gauge.limitNano) };
        return (
          <div key={gauge.span} className="grid gap-1.5">
            <div className="flex flex-wrap justify-between gap-x-4">
              <span>
                <span className="num">{t("key.spentOf", amounts)}</span> {t(`limit.${SPAN[gauge.span]}`)}
              </span>
              <span className="text-ink-3 text-xs">
                {gauge.heldNano > 0n ? `${t("key.held", { held: formatUsd(gauge.heldNano) })} · ` : null}
                {gauge.endsAt ? (
                  <>
                    {t("key.resets")} <RelativeTime at={gauge.endsAt} />
                  </>
                ) : null}
              </span>
            </div>
            <Progress value={gauge.share} label={t("limit.gauge", amounts)} soonAt={0.8} className="h-1.5" />
          </div>
        );
      })}
      {facts.length > 0 ? (
        <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
          {facts.map(({ label, value, wide }) => (
            <div key={label} className={cn("flex min-w-0 justify-between gap-4", wide && "sm:col-span-2")}>
              <dt className="text-ink-2">{label}</dt>
              <dd className="min-w-0 text-right">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}

function Figure({ children }: { children: ReactNode }) {
  return <span className="num">{children}</span>;
}

function Lines({ items }: { items: readonly string[] }) {
  return (
    <ul className="max-h-40 overflow-y-auto text-xs">
      {items.map((item) => (
        <li key={item} className="num break-all">
          {item}
        </li>
      ))}
    </ul>
  );
}
