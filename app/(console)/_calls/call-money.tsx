import { useTranslations } from "next-intl";
import { Figure, Figures } from "@/components/data/figure";
import { Money } from "@/components/data/money";
import type { CallDetail } from "@/lib/usage/get-call";

/** What was set aside before the call began, what it took, and what came back. */
export function CallMoney({ call }: { call: CallDetail }) {
  const t = useTranslations("logs");
  const back = call.reservedNano - call.costNano;
  return (
    <Figures className="grid-cols-3 [&_.num]:text-sm [&_dd>span]:text-sm">
      <Figure label={t("call.reserved")} value={<Money nano={call.reservedNano} />} />
      <Figure label={t("call.charged")} value={<Money nano={call.costNano} />} />
      <Figure
        label={back < 0n ? t("call.beyond") : t("call.released")}
        value={<Money nano={back < 0n ? -back : back} />}
      />
    </Figures>
  );
}
