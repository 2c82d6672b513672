import { useTranslations } from "next-intl";
import { formatDuration } from "@/components/data/format-duration";
import type { Health } from "@/lib/usage/model-health";

/** How a model did lately, from the calls that this gateway made to it; nothing is said where nothing is known. */
export function ModelHealth({ health }: { health: Health | undefined }) {
  const t = useTranslations("site");
  if (!health || health.successRate === null)
    return <span className="text-ink-3">{t("models.noHealth")}</span>;
  const { successRate, firstByteP50Ms, firstByteP95Ms, tokensPerSecond } = health;
  const percent = Math.floor(successRate * 1_000) / 10;
  const parts = [
    firstByteP50Ms === null || firstByteP95Ms === null
      ? null
      : t("models.firstByte", { p50: formatDuration(firstByteP50Ms), p95: formatDuration(firstByteP95Ms) }),
    tokensPerSecond === null ? null : t("models.speed", { speed: tokensPerSecond.toFixed(1) }),
  ].filter((part) => part !== null);
  return (
    <span className="grid whitespace-nowrap">
      <span className="num">
        {t("models.success", { percent: percent.toFixed(percent === 100 ? 0 : 1) })}
      </span>
      {parts.length > 0 ? <span className="text-ink-3 text-xs">{parts.join(", ")}</span> : null}
    </span>
  );
}
