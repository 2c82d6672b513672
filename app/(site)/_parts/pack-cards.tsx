import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/button";
import { formatMinor } from "@/lib/billing/format-minor";
import type { PackView } from "@/lib/billing/list-packs";
import { formatUsd } from "@/lib/money";

/** What can be bought, as plain cards. Buying itself happens on the Credits page. */
export function PackCards({ packs, href }: { packs: PackView[]; href: string }) {
  const t = useTranslations("site");
  return (
    <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {packs.map(({ id, priceMinor, currency, creditNano, bonusNano }) => (
        <li key={id} className="grid content-between gap-6 rounded-lg border bg-raised p-4">
          <div>
            <p className="text-ink-2">{t("packs.pay", { price: formatMinor(priceMinor, currency) })}</p>
            <p className="mt-1 font-medium text-2xl tracking-tight">
              {t("packs.get", { credit: formatUsd(creditNano + bonusNano) })}
            </p>
            <p className="mt-1 text-ink-2">
              {bonusNano > 0n ? (
                <span className="text-accent-text">{t("packs.bonus", { bonus: formatUsd(bonusNano) })}</span>
              ) : (
                t("packs.plain")
              )}
            </p>
          </div>
          <LinkButton href={href} className="justify-self-start">
            {t("packs.buy", { price: formatMinor(priceMinor, currency) })}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}
