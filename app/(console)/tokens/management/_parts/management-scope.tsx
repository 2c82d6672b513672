import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";

const CAN = ["make", "limit", "rotate", "read"] as const;
const CANNOT = ["call", "manage", "see", "pay"] as const;

/** What a program with a management key can do, and what it cannot. */
export function ManagementScope() {
  const t = useTranslations("tokens.management");
  return (
    <div className="grid gap-x-8 gap-y-4 rounded-lg border bg-raised p-4 sm:grid-cols-2">
      <div>
        <h3 className="font-medium">{t("can")}</h3>
        <ul className="mt-2 grid gap-1.5 text-ink-2">
          {CAN.map((name) => (
            <li key={name} className="flex gap-2">
              <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent-text" />
              {t(`cans.${name}`)}
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3 className="font-medium">{t("cannot")}</h3>
        <ul className="mt-2 grid gap-1.5 text-ink-2">
          {CANNOT.map((name) => (
            <li key={name} className="flex gap-2">
              <X aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" />
              {t(`cannots.${name}`)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
