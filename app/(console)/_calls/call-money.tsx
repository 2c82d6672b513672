import { useTranslations } from "next-intl";
import { usdExact } from "@/lib/money";
import type { CallDetail } from "@/lib/usage/get-call";

/** What was set aside before the call began, what it took, and what came back: exact, so that it adds up. */
export function CallMoney({ call }: { call: CallDetail }) {
  const t = useTranslations("logs");
  const back = call.reservedNano - call.costNano;
  const lines: [name: string, nano: bigint][] = [
    [t("call.reserved"), call.reservedNano],
    [t("call.charged"), call.costNano],
    back < 0n ? [t("call.beyond"), -back] : [t("call.released"), back],
  ];
  return (
    <dl className="grid gap-1.5">
      {lines.map(([name, nano]) => (
        <div key={name} className="flex justify-between gap-4 last:border-t last:pt-1.5">
          <dt className="text-ink-2">{name}</dt>
          <dd className="num">${usdExact(nano)}</dd>
        </div>
      ))}
    </dl>
  );
}
