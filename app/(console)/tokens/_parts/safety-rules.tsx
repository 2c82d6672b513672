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
export function SafetyRules({ kind = "inference" }: { kind?: "inference" | "management" }) {
  const t = useTranslations("tokens.fresh");
  // A management key is not rotated: a new one is made and the old one revoked.
  const managed = (rule: (typeof RULES)[number][0]) =>
    kind === "management" && (rule === "one" || rule === "rotate" || rule === "leaked")
      ? (`managementRules.${rule}` as const)
      : (`rules.${rule}` as const);
  return (
    <div className="min-w-0 lg:border-l lg:pl-8">
      <h3 className="font-medium">{t("rulesTitle")}</h3>
      <ul className="mt-2 grid gap-2 text-ink-2">
        {RULES.map(([rule, Icon]) => (
          <li key={rule} className="flex gap-2.5">
            <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" strokeWidth={1.75} />
            <span>{t(managed(rule))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const BEFORE = ["who", "send", "notWhere"] as const;

/** The same in three lines, for before there is a secret: who may have it, how not to send it, where not to keep it. */
export function SafetyNote() {
  const t = useTranslations("tokens.fresh");
  return (
    <section aria-label={t("rulesTitle")} className="rounded-lg border bg-sunken/60 px-3 py-2.5 text-xs">
      <h3 className="font-medium">{t("rulesTitle")}</h3>
      <dl className="mt-1.5 grid gap-x-3 gap-y-1 sm:grid-cols-[auto_1fr]">
        {BEFORE.map((rule) => (
          <div key={rule} className="contents">
            <dt className="text-ink-3">{t(`before.${rule}.term`)}</dt>
            <dd className="text-ink-2 max-sm:mb-1">{t(`before.${rule}.text`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
