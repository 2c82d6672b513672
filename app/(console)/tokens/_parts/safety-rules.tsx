import { Ban, KeySquare, MonitorSmartphone, RotateCw, Siren, Users } from "lucide-react";
import { useTranslations } from "next-intl";

const RULES = [
  ["where", KeySquare],
  ["notWhere", Ban],
  ["who", Users],
  ["one", MonitorSmartphone],
  ["rotate", RotateCw],
  ["leaked", Siren],
] as const;

/** How to handle a secret, beside the secret. */
export function SafetyRules() {
  const t = useTranslations("tokens.fresh");
  return (
    <div className="min-w-0 lg:border-l lg:pl-8">
      <h3 className="font-medium">{t("rulesTitle")}</h3>
      <ul className="mt-2 grid gap-2 text-ink-2">
        {RULES.map(([rule, Icon]) => (
          <li key={rule} className="flex gap-2.5">
            <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
            <span>{t(`rules.${rule}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
