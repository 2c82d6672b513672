import { useTranslations } from "next-intl";
import { Figure, Figures } from "@/components/data/figure";
import { formatTokens } from "@/components/data/format-tokens";
import { Money } from "@/components/data/money";
import { Tokens } from "@/components/data/tokens";
import { formatUsd } from "@/lib/money";
import { LOW_DAYS, LOW_NANO } from "@/lib/usage/estimate-pace";
import type { Overview } from "@/lib/usage/overview";
import { Change } from "../../_calls/change";
import { formatShare } from "../../_calls/format-share";

/** Balance and how long it lasts, spend, calls and errors of 30 days, each with the days nearer by. */
export function OverviewFigures({ overview }: { overview: Overview }) {
  const t = useTranslations("overview");
  const { wallet, pace, spans, steps } = overview;
  const { today, week, month } = spans;
  const { daysLeft } = pace;
  const low =
    steps.credited && (wallet.availableNano < LOW_NANO || (daysLeft !== null && daysLeft < LOW_DAYS));
  const lasts =
    daysLeft === null
      ? t(steps.credited ? "noPace" : "noCredit")
      : daysLeft > 365
        ? t("yearLeft")
        : t("daysLeft", { days: daysLeft });
  const held =
    wallet.reservedNano > 0n
      ? t("held", { amount: formatUsd(wallet.reservedNano), count: wallet.openHolds })
      : null;
  return (
    <Figures className="md:max-xl:grid-flow-row md:max-xl:grid-cols-3 [&>div:first-child]:max-xl:col-span-2 md:[&>div:first-child]:max-xl:col-span-2">
      <Figure
        label={t("balance")}
        value={<Money nano={wallet.availableNano} />}
        tone={low ? "soon" : "neutral"}
        hint={[lasts, held].filter(Boolean).join(", ")}
      />
      <Figure
        label={t("spent")}
        value={<Money nano={month.costNano} />}
        delta={<Change now={month.costNano} before={month.before.costNano} tip={t("changeTip")} />}
        hint={t("spentHint", { today: formatUsd(today.costNano), week: formatUsd(week.costNano) })}
      />
      <Figure
        label={t("calls")}
        value={<Tokens count={month.calls} />}
        delta={<Change now={month.calls} before={month.before.calls} tip={t("changeTip")} />}
        hint={t("callsHint", { today: formatTokens(today.calls), week: formatTokens(week.calls) })}
      />
      <Figure
        label={t("tokens")}
        value={<Tokens count={month.tokens} />}
        delta={<Change now={month.tokens} before={month.before.tokens} tip={t("changeTip")} />}
        hint={t("tokensHint", { today: formatTokens(today.tokens), week: formatTokens(week.tokens) })}
      />
      <Figure
        label={t("errors")}
        value={formatShare(month.failed, month.calls)}
        hint={
          month.calls === 0n
            ? t("noCalls")
            : t("errorsHint", { failed: formatTokens(month.failed), calls: formatTokens(month.calls) })
        }
      />
    </Figures>
  );
}
