"use client";

import { Check, Circle, CircleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "@/components/data/money";
import type { SetupState } from "../../_parts/load-setup";

/** What a first answer needs, as it stands in this workspace, each with the way to get it. */
export function BeforeStart({ state }: { state: SetupState }) {
  const t = useTranslations("setup.before");
  const { verified, frozen, availableNano, debtNano, keys } = state;
  return (
    <ul className="divide-y rounded-lg border bg-raised">
      <Need
        state={verified ? "done" : "open"}
        title={verified ? t("verified") : t("notVerified")}
        hint={verified ? null : t("notVerifiedHint")}
      />
      {frozen ? (
        <Need state="bad" title={t("frozen")} hint={t("frozenHint")} href="/credits" action={t("buy")} />
      ) : availableNano > 0n ? (
        <Need
          state="done"
          title={t.rich("credit", { amount: () => <Money nano={availableNano} /> })}
          href="/credits"
          action={t("buy")}
        />
      ) : debtNano > 0n ? (
        <Need state="bad" title={t("debt")} hint={t("debtHint")} href="/credits" action={t("buy")} />
      ) : (
        <Need state="open" title={t("noCredit")} hint={t("noCreditHint")} href="/credits" action={t("buy")} />
      )}
      <Need
        state={keys.length > 0 ? "done" : "open"}
        title={keys.length > 0 ? t("key", { count: keys.length }) : t("noKey")}
        hint={keys.length > 0 ? null : t("noKeyHint")}
        href="/tokens"
        action={t("createKey")}
      />
    </ul>
  );
}

const MARKS = {
  done: { Icon: Check, tone: "text-accent-text" },
  open: { Icon: Circle, tone: "text-warn-text" },
  bad: { Icon: CircleAlert, tone: "text-danger-text" },
} as const;

function Need({
  state,
  title,
  hint,
  href,
  action,
}: {
  state: keyof typeof MARKS;
  title: ReactNode;
  hint?: string | null;
  href?: string;
  action?: string;
}) {
  const { Icon, tone } = MARKS[state];
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1">
        <p>{title}</p>
        {hint ? <p className="text-ink-3 text-xs">{hint}</p> : null}
      </div>
      {href ? (
        <Link href={href} className="link shrink-0">
          {action}
        </Link>
      ) : null}
    </li>
  );
}
