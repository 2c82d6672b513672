import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/data/relative-time";
import { Progress } from "@/components/ui/progress";
import { NO_LIMITS } from "@/lib/keys/check-limits";
import { NEAR_LIMIT_SHARE } from "@/lib/keys/list-choices";
import type { KeyView } from "@/lib/keys/types";
import { formatUsd } from "@/lib/money";
import { type Gauge, keyGauges } from "../../_parts/key-gauges";
import { LimitFacts } from "./limit-facts";

const SPAN = { day: "periodDay", week: "periodWeek", month: "periodMonth", total: "total" } as const;

/** A key's limits in full: budgets as bars with their next start, the others as they are. */
export function KeyLimitList({ view, modelIds }: { view: KeyView; modelIds: readonly string[] }) {
  const t = useTranslations("tokens.key");
  const gauges = keyGauges(view);
  const over = view.status === "revoked" || view.status === "expired";
  if (isUnlimited(view.limits)) return <p className="text-ink-2">{t("noLimits")}</p>;
  return (
    <div className="grid gap-4 rounded-lg border bg-raised p-4">
      {gauges.map((gauge) => (
        <Budget key={gauge.span} gauge={gauge} over={over} />
      ))}
      <LimitFacts limits={view.limits} modelIds={modelIds} />
    </div>
  );
}

function Budget({ gauge, over }: { gauge: Gauge; over: boolean }) {
  const t = useTranslations("tokens");
  const amounts = { spent: formatUsd(gauge.spentNano), limit: formatUsd(gauge.limitNano) };
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap justify-between gap-x-4">
        <span>
          <span className="num">{t("key.spentOf", amounts)}</span> {t(`limit.${SPAN[gauge.span]}`)}
        </span>
        <span className="text-ink-3 text-xs">
          {gauge.heldNano > 0n ? `${t("key.held", { held: formatUsd(gauge.heldNano) })} · ` : null}
          {gauge.endsAt && !over ? (
            <>
              {t("key.resets")} <RelativeTime at={gauge.endsAt} />
            </>
          ) : null}
        </span>
      </div>
      <Progress
        value={gauge.share}
        label={t("limit.gauge", amounts)}
        soonAt={NEAR_LIMIT_SHARE}
        className="h-1.5"
      />
    </div>
  );
}

function isUnlimited(limits: KeyView["limits"]): boolean {
  return Object.keys(NO_LIMITS).every((name) => {
    const value = limits[name as keyof typeof limits];
    return value === null || (Array.isArray(value) && value.length === 0);
  });
}
