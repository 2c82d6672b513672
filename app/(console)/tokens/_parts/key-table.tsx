import { useTranslations } from "next-intl";
import { type Column, DataTable } from "@/components/data/data-table";
import { Money } from "@/components/data/money";
import { cn } from "@/components/ui/cn";
import type { KeysPage } from "@/lib/keys/list-keys-page";
import type { KeyView } from "@/lib/keys/types";
import { actionKey } from "./action-key";
import { Expiry, LastUse, PeriodSpend, SecretLines } from "./key-cells";
import { KeyMenu } from "./key-menu";
import { KeyPages } from "./key-pages";
import type { KeyQuery } from "./key-query";
import { KeyStatusBadge } from "./key-status";
import { LimitBars } from "./limit-bars";

/** The keys of one page of the list, on screens with room for columns. */
export function KeyTable({
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
  const columns: Column<KeyView>[] = [
    {
      id: "name",
      header: t("name"),
      className: "w-full max-w-0 min-w-40",
      cell: (view) => (
        <span className="grid gap-0.5">
          <span
            className={cn(
              "truncate font-medium",
              (view.status === "revoked" || view.status === "expired") && "text-ink-3",
            )}
            title={view.name}
          >
            {view.name}
          </span>
          <SecretLines view={view} now={now} oldAfterDays={oldAfterDays} />
        </span>
      ),
    },
    { id: "status", header: t("statusHeader"), cell: (view) => <KeyStatusBadge status={view.status} /> },
    {
      id: "limits",
      header: t("limits"),
      className: "min-w-52 lg:min-w-56",
      cell: (view) => <LimitBars view={view} className="max-w-64" />,
    },
    {
      id: "today",
      header: t("today"),
      numeric: true,
      from: "lg",
      cell: (view) => <Money nano={view.spentTodayNano} />,
    },
    { id: "period", header: t("period"), numeric: true, cell: (view) => <PeriodSpend view={view} /> },
    {
      id: "total",
      header: t("total"),
      numeric: true,
      from: "xl",
      cell: (view) => <Money nano={view.meter.totalSpentNano} />,
    },
    {
      id: "lastUsed",
      header: t("lastUsed"),
      from: "lg",
      className: "min-w-32",
      cell: (view) => <LastUse view={view} />,
    },
    { id: "expires", header: t("expires"), from: "xl", cell: (view) => <Expiry view={view} now={now} /> },
    {
      id: "actions",
      header: t("actions"),
      hiddenHeader: true,
      className: "text-right",
      cell: (view) => <KeyMenu of={actionKey(view, verified)} />,
    },
  ];
  return (
    <DataTable
      className="max-md:hidden"
      caption={t("caption")}
      columns={columns}
      rows={page.keys}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/tokens/${id}`}
      footer={<KeyPages query={query} page={page} />}
    />
  );
}
