import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/data/relative-time";
import { Alert } from "@/components/ui/alert";
import type { KeyView } from "@/lib/keys/types";
import { formatUsd } from "@/lib/money";
import { type Gauge, keyGauges } from "../../_parts/key-gauges";

/** From this share on, what is left of a budget may be too little for a call. */
const ALL_BUT_SPENT = 0.95;

/** That a budget is used up, or so nearly that calls are refused; of two the one that lasts longer. Else nothing. */
export function BudgetNotice({ view }: { view: KeyView }) {
  const t = useTranslations("tokens.budget");
  const gauge = pressing(keyGauges(view));
  if (!gauge) return null;
  const { span, spentNano, limitNano, endsAt } = gauge;
  const at = () => <RelativeTime at={endsAt ?? ""} />;
  if (spentNano >= limitNano) {
    return (
      <Alert tone="bad" title={t(`spent.${span}`)}>
        {endsAt ? t.rich("spentUntil", { at }) : t("spentForGood")}
      </Alert>
    );
  }
  const left = formatUsd(limitNano - spentNano);
  return (
    <Alert tone="soon" title={t(`near.${span}`)}>
      {endsAt ? t.rich("nearUntil", { left, at }) : t("nearForGood", { left })}
    </Alert>
  );
}

function pressing(gauges: readonly Gauge[]): Gauge | undefined {
  const used = gauges.filter(({ spentNano, limitNano }) => spentNano >= limitNano);
  const total = (gauge: Gauge) => gauge.span === "total";
  if (used.length > 0) return used.find(total) ?? used[0];
  const nearly = gauges.filter(({ spentNano, limitNano }) => share(spentNano, limitNano) >= ALL_BUT_SPENT);
  return nearly.find(total) ?? nearly[0];
}

/** For comparing, not for counting: thousandths are enough. */
function share(spentNano: bigint, limitNano: bigint): number {
  return limitNano > 0n ? Number((spentNano * 1_000n) / limitNano) / 1_000 : 1;
}
