import { useTranslations } from "next-intl";
import { Duration } from "@/components/data/duration";
import { Figure, Figures } from "@/components/data/figure";
import { formatDuration } from "@/components/data/format-duration";
import { formatTokens } from "@/components/data/format-tokens";
import { Money } from "@/components/data/money";
import { Tokens } from "@/components/data/tokens";
import type { Speed, UsageSums } from "@/lib/usage/usage-sums";
import { formatShare } from "../../_calls/format-share";

/** The sums of what is shown. */
export function UsageFigures({ totals, speed }: { totals: UsageSums; speed: Speed }) {
  const t = useTranslations("usage");
  const { calls, failed, cachedTokens, reasoningTokens } = totals;
  return (
    <Figures className="md:max-xl:grid-flow-row md:max-xl:grid-cols-3">
      <Figure label={t("spent")} value={<Money nano={totals.costNano} />} />
      <Figure label={t("calls")} value={<Tokens count={calls} />} />
      <Figure
        label={t("errors")}
        value={formatShare(failed, calls)}
        tone={failed * 10n > calls ? "bad" : "neutral"}
        hint={
          calls === 0n
            ? t("noCalls")
            : t("errorsHint", { failed: formatTokens(failed), calls: formatTokens(calls) })
        }
      />
      <Figure
        label={t("tokensIn")}
        value={<Tokens count={totals.inputTokens} />}
        hint={cachedTokens > 0n ? t("tokensInHint", { cached: formatTokens(cachedTokens) }) : null}
      />
      <Figure
        label={t("tokensOut")}
        value={<Tokens count={totals.outputTokens + reasoningTokens} />}
        hint={reasoningTokens > 0n ? t("tokensOutHint", { reasoning: formatTokens(reasoningTokens) }) : null}
      />
      <Figure
        label={t("firstByte")}
        value={speed.firstByteP50Ms === null ? "–" : <Duration durationMs={speed.firstByteP50Ms} />}
        hint={
          speed.firstByteP95Ms === null
            ? t("noLatency")
            : t("firstByteHint", { p95: formatDuration(speed.firstByteP95Ms) })
        }
      />
    </Figures>
  );
}
