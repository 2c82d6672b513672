import { useTranslations } from "next-intl";
import { Figure, Figures } from "@/components/data/figure";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import type { KeyView } from "@/lib/keys/types";
import { clientLabel } from "../../_parts/client-label";
import { periodSpend } from "../../_parts/key-cells";

function withoutPeriod(view: KeyView): KeyView {
  return { ...view, limits: { ...view.limits, period: null } };
}

/** What the key spent, when it was last used and until when it works. */
export function KeyFigures({ view }: { view: KeyView }) {
  const t = useTranslations("tokens.key");
  // A day's budget has its bar below, and today stands beside it already.
  const { nano, span } = periodSpend(view.limits.period === "day" ? withoutPeriod(view) : view);
  const client = view.lastClient === null ? null : clientLabel(view.lastClient);
  const { expiresAt } = view.limits;
  return (
    <Figures>
      <Figure label={t("today")} value={<Money nano={view.spentTodayNano} />} />
      <Figure label={t(`spentSpan.${span}`)} value={<Money nano={nano} />} />
      <Figure label={t("total")} value={<Money nano={view.meter.totalSpentNano} />} />
      <Figure
        label={t("lastUsed")}
        value={view.lastUsedAt ? <RelativeTime at={view.lastUsedAt} /> : t("neverUsed")}
        {...(client ? { hint: t("by", { client }) } : {})}
      />
      {view.revokedAt ? (
        <Figure
          label={t("revokedAt")}
          value={<RelativeTime at={view.revokedAt} />}
          className="max-md:col-span-2"
        />
      ) : (
        <Figure
          label={t("expires")}
          value={expiresAt ? <RelativeTime at={expiresAt} /> : t("neverExpires")}
          className="max-md:col-span-2"
        />
      )}
    </Figures>
  );
}
