import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "@/components/data/money";
import { cn } from "@/components/ui/cn";
import type { KeysPage } from "@/lib/keys/list-keys-page";
import type { KeyView } from "@/lib/keys/types";
import { actionKey } from "./action-key";
import { Expiry, LastUse, periodSpend, SecretLines } from "./key-cells";
import { KeyMenu } from "./key-menu";
import { KeyPages } from "./key-pages";
import type { KeyQuery } from "./key-query";
import { KeyStatusBadge } from "./key-status";
import { LimitBars } from "./limit-bars";

/** The same page of the list on phones: a card a key. */
export function KeyCards({
  page,
  query,
  verified,
  now,
  oldAfterDays,
}: {
  page: KeysPage;
  query: KeyQuery;
  verified: boolean;
  now: Date;
  oldAfterDays: number;
}) {
  const t = useTranslations("tokens.list");
  return (
    <div className="grid gap-3 md:hidden">
      <ul aria-label={t("caption")} className="grid gap-2">
        {page.keys.map((view) => (
          <KeyCard key={view.id} {...{ view, verified, now, oldAfterDays }} />
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-2 text-ink-2">
        <KeyPages query={query} page={page} />
      </div>
    </div>
  );
}

function KeyCard({
  view,
  verified,
  now,
  oldAfterDays,
}: {
  view: KeyView;
  verified: boolean;
  now: Date;
  oldAfterDays: number;
}) {
  const t = useTranslations("tokens.list");
  const { nano, span } = periodSpend(view);
  return (
    <li className="relative grid gap-3 rounded-lg border bg-raised p-3">
      <div className="flex items-start justify-between gap-2">
        <Link
          href={`/tokens/${view.id}`}
          prefetch={false}
          className={cn(
            "line-clamp-2 min-w-0 pt-0.5 font-medium wrap-anywhere after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus",
            (view.status === "revoked" || view.status === "expired") && "text-ink-3",
          )}
        >
          {view.name}
        </Link>
        <span className="relative flex shrink-0 items-center gap-1">
          <KeyStatusBadge status={view.status} />
          <KeyMenu of={actionKey(view, verified)} />
        </span>
      </div>
      <div className="-mt-2">
        <SecretLines view={view} now={now} oldAfterDays={oldAfterDays} />
      </div>
      <LimitBars view={view} />
      <dl className="grid grid-cols-3 gap-2 text-xs">
        <Fact label={t("today")}>
          <Money nano={view.spentTodayNano} />
        </Fact>
        <Fact label={t(`thisSpan.${span}`)}>
          <Money nano={nano} />
        </Fact>
        <Fact label={t("total")}>
          <Money nano={view.meter.totalSpentNano} />
        </Fact>
      </dl>
      <p className="flex flex-wrap gap-x-3 text-ink-2 text-xs">
        <span className="inline-flex gap-1">
          {view.lastUsedAt ? t("usedWord") : null} <LastUse view={view} inline />
        </span>
        {view.limits.expiresAt ? (
          <span>
            {t("expires")} <Expiry view={view} now={now} />
          </span>
        ) : null}
      </p>
    </li>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-3">{label}</dt>
      <dd className="text-sm">{children}</dd>
    </div>
  );
}
