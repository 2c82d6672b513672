import { useTranslations } from "next-intl";
import { Figure, Figures } from "@/components/data/figure";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import type { KeyView } from "@/lib/keys/types";

/** What the key spent, and when it was last used. */
export function KeyFigures({ view }: { view: KeyView }) {
  const t = useTranslations("tokens.key");
  return (
    <Figures>
      <Figure label={t("today")} value={<Money nano={view.spentTodayNano} />} />
      <Figure label={t("month")} value={<Money nano={view.spentMonthNano} />} />
      <Figure label={t("total")} value={<Money nano={view.meter.totalSpentNano} />} />
      <Figure
        label={t("lastUsed")}
        value={view.lastUsedAt ? <RelativeTime at={view.lastUsedAt} /> : t("neverUsed")}
        {...(view.lastClient ? { hint: t("by", { client: view.lastClient }) } : {})}
      />
    </Figures>
  );
}
