import { Gauge, KeyRound, type LucideIcon, ShieldCheck, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";

const POINTS: readonly [name: "one" | "limits" | "once", icon: LucideIcon][] = [
  ["one", UserRound],
  ["limits", Gauge],
  ["once", ShieldCheck],
];

/** What stands on the page before there is a key: what one is for, and how people handle them well. */
export function FirstKey() {
  const t = useTranslations("tokens.empty");
  return (
    <section
      aria-labelledby="first-key"
      className="grid gap-6 rounded-lg border border-dashed px-4 py-8 sm:px-8 sm:py-10"
    >
      <div className="grid max-w-prose gap-1">
        <h2 id="first-key" className="flex items-center gap-2 font-medium">
          <KeyRound aria-hidden="true" className="size-4 text-accent-text" />
          {t("title")}
        </h2>
        <p className="text-ink-2">{t("text")}</p>
      </div>
      <ul className="grid gap-6 sm:grid-cols-3">
        {POINTS.map(([name, Icon]) => (
          <li key={name} className="grid content-start gap-1">
            <Icon aria-hidden="true" className="mb-1 size-4 text-ink-3" strokeWidth={1.75} />
            <h3 className="font-medium">{t(`points.${name}.title`)}</h3>
            <p className="text-ink-2">{t(`points.${name}.text`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
