import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Money } from "@/components/data/money";
import { cn } from "@/components/ui/cn";
import type { KeyView } from "@/lib/keys/types";
import { actionKey } from "./action-key";
import { Expiry, LastUse, periodSpend, SecretLines } from "./key-cells";
import { KeyMenu } from "./key-menu";
import { KeyStatusBadge } from "./key-status";
import { LimitBars } from "./limit-bars";

/** On phones a row is a card of three columns; its cells name themselves, for the header is out of sight. */
const ROW =
  "group relative max-md:grid max-md:grid-cols-3 max-md:gap-x-2 max-md:gap-y-3 max-md:rounded-lg max-md:border max-md:bg-raised max-md:p-3 hover:bg-ink/3 [&:last-child>td]:border-b-0";
const CELL = "md:h-11 md:border-b md:px-3 md:py-2 md:align-middle md:first:pl-4 md:last:pr-4";
/** What can be pressed or pointed at stands above the link that covers the row. */
const ABOVE = "[&_button]:relative [&_time]:relative";

/** One key of the list. Its name is a link that covers the whole row. */
export function KeyRow({
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
  const over = view.status === "revoked" || view.status === "expired";
  return (
    <tr className={ROW}>
      <td
        className={cn(
          CELL,
          "grid gap-0.5 max-md:col-span-3 max-md:pr-32 md:table-cell md:w-full md:min-w-40 md:max-w-0",
        )}
      >
        <Link
          href={`/tokens/${view.id}`}
          prefetch={false}
          title={view.name}
          className={cn(
            "block font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2 max-md:line-clamp-2 max-md:wrap-anywhere md:truncate",
            over && "text-ink-3",
          )}
        >
          {view.name}
        </Link>
        <SecretLines view={view} now={now} oldAfterDays={oldAfterDays} />
      </td>
      <td className={cn(CELL, "max-md:absolute max-md:top-3.5 max-md:right-12")}>
        <KeyStatusBadge status={view.status} />
      </td>
      <td className={cn(CELL, ABOVE, "max-md:col-span-3 md:min-w-52 lg:min-w-56")}>
        <LimitBars view={view} className="md:max-w-64" />
      </td>
      <Amount label={t("today")} className="md:max-lg:hidden">
        <Money nano={view.spentTodayNano} />
      </Amount>
      <Amount label={t(`thisSpan.${span}`)}>
        <Money nano={nano} />
        <span className="block whitespace-nowrap font-sans text-ink-3 text-xs max-md:hidden">
          {t(`thisSpan.${span}`)}
        </span>
      </Amount>
      <Amount label={t("total")} className="md:max-xl:hidden">
        <Money nano={view.meter.totalSpentNano} />
      </Amount>
      <td className={cn(CELL, "max-md:col-span-3 max-md:text-xs md:max-lg:hidden md:min-w-32")}>
        {view.lastUsedAt ? <span className="text-ink-2 md:hidden">{t("usedWord")} </span> : null}
        <LastUse view={view} />
      </td>
      <td
        className={cn(
          CELL,
          "max-md:-mt-2 max-md:text-xs md:max-xl:hidden",
          view.limits.expiresAt && view.status !== "revoked" ? "max-md:col-span-3" : "max-md:hidden",
        )}
      >
        <span className="text-ink-2 md:hidden">{t("expires")} </span>
        <Expiry view={view} now={now} />
      </td>
      <td className={cn(CELL, ABOVE, "text-right max-md:absolute max-md:top-2.5 max-md:right-2.5")}>
        <KeyMenu of={actionKey(view, verified)} />
      </td>
    </tr>
  );
}

function Amount({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <td className={cn(CELL, "num md:text-right", className)}>
      <span className="block font-sans text-ink-3 text-xs md:hidden">{label}</span>
      {children}
    </td>
  );
}
