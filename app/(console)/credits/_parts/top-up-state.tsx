import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Alert } from "@/components/ui/alert";
import { Progress } from "@/components/ui/progress";
import { formatMinor } from "@/lib/billing/format-minor";
import type { TopUpView } from "@/lib/billing/views/read-top-up";
import { formatUsd } from "@/lib/money";

/** What automatic top-up is doing, or why it does nothing, and what it has cost this month. */
export async function TopUpState({ topUp }: { topUp: TopUpView }) {
  const t = await getTranslations("credits.topUp");
  const price = formatMinor(topUp.priceMinor, topUp.currency);
  const values = { pack: topUp.packName, price, card: topUp.cardLabel ?? "" };
  const known =
    topUp.stopped === "needs_owner" || topUp.stopped === "declined" || topUp.stopped === "pack_gone";
  const capPermille = topUp.monthlyCapMinor > 0n ? (topUp.chargedMinor * 1_000n) / topUp.monthlyCapMinor : 0n;
  const charged = t("charged", {
    charged: formatMinor(topUp.chargedMinor, topUp.currency),
    cap: formatMinor(topUp.monthlyCapMinor, topUp.currency),
  });
  return (
    <div className="grid gap-3">
      {topUp.stopped ? (
        <Alert
          tone={topUp.stopped === "needs_owner" ? "soon" : "bad"}
          title={t(known ? `stopped.${topUp.stopped as "declined"}.title` : "stopped.other.title")}
        >
          <p>{t(known ? `stopped.${topUp.stopped as "declined"}.text` : "stopped.other.text", values)}</p>
          {topUp.stopped === "needs_owner" && topUp.packActive ? (
            <p className="mt-2">
              <Link href={`/credits?pack=${topUp.packId}#buy`} className="link">
                {t("buyYourself")}
              </Link>
            </p>
          ) : null}
        </Alert>
      ) : topUp.enabled ? (
        <p className="text-ink-2">
          {topUp.capReached
            ? t("capReached", values)
            : t("on", { ...values, threshold: formatUsd(topUp.thresholdNano) })}
          {topUp.failures > 0 ? ` ${t("failedOnce")}` : ""}
        </p>
      ) : (
        <p className="text-ink-2">{t("off")}</p>
      )}
      <div className="grid gap-1">
        <Progress value={Number(capPermille) / 1_000} label={charged} soonAt={0.8} />
        <p className="text-ink-3 text-xs">{charged}</p>
      </div>
    </div>
  );
}
