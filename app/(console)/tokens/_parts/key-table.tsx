import { useTranslations } from "next-intl";
import { type Column, DataTable } from "@/components/data/data-table";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import { cn } from "@/components/ui/cn";
import type { KeyView } from "@/lib/keys/types";
import { actionKey } from "./action-key";
import { KeyMenu } from "./key-menu";
import { KeyPages } from "./key-pages";
import type { KeyQuery } from "./key-query";
import { KeyStatusBadge } from "./key-status";
import { LimitSummary } from "./limit-summary";
import { MaskedKey } from "./masked-key";

const SOON_MS = 7 * 86_400_000;

/** The keys of one page of the list. */
export function KeyTable({
  keys,
  matching,
  total,
  query,
  pageSize,
  verified,
  now,
}: {
  keys: KeyView[];
  matching: number;
  total: number;
  query: KeyQuery;
  pageSize: number;
  verified: boolean;
  now: Date;
}) {
  const t = useTranslations("tokens.list");
  const dim = (view: KeyView) => (view.status === "revoked" || view.status === "expired" ? "text-ink-3" : "");
  const columns: Column<KeyView>[] = [
    {
      id: "name",
      header: t("name"),
      className: "w-full max-w-0 min-w-32",
      cell: (view) => (
        <span className="grid gap-0.5">
          <span
            className={cn("font-medium max-sm:line-clamp-2 max-sm:wrap-anywhere sm:truncate", dim(view))}
            title={view.name}
          >
            {view.name}
          </span>
          <span className="flex items-center gap-2 lg:hidden">
            <KeyStatusBadge status={view.status} />
          </span>
        </span>
      ),
    },
    {
      id: "status",
      header: t("statusHeader"),
      from: "lg",
      cell: (view) => <KeyStatusBadge status={view.status} />,
    },
    {
      id: "key",
      header: t("key"),
      from: "sm",
      cell: (view) => (
        <span className="grid gap-0.5 text-xs">
          {view.secrets.map((secret) => (
            <span key={secret.id} className="whitespace-nowrap">
              <MaskedKey secret={secret} className={dim(view)} />
              {secret.living && secret.endsAt ? (
                <span className="ml-1.5 text-warn-text">
                  {t("oldUntil")} <RelativeTime at={secret.endsAt} />
                </span>
              ) : null}
            </span>
          ))}
        </span>
      ),
    },
    {
      id: "spent",
      header: t("spent"),
      numeric: true,
      className: "max-sm:whitespace-normal max-sm:py-2",
      cell: (view) => (
        <span className="sm:whitespace-nowrap">
          <Money nano={view.spentTodayNano} /> <span className="text-ink-3 max-sm:hidden">/</span>{" "}
          <Money nano={view.spentMonthNano} className="max-sm:block" />
        </span>
      ),
    },
    { id: "limits", header: t("limits"), from: "lg", cell: (view) => <LimitSummary view={view} /> },
    {
      id: "lastUsed",
      header: t("lastUsed"),
      from: "md",
      cell: (view) =>
        view.lastUsedAt ? (
          <RelativeTime at={view.lastUsedAt} />
        ) : (
          <span className="text-ink-3">{t("never")}</span>
        ),
    },
    {
      id: "expires",
      header: t("expires"),
      from: "xl",
      cell: ({ limits: { expiresAt } }) =>
        expiresAt ? (
          <RelativeTime
            at={expiresAt}
            className={
              expiresAt > now && expiresAt.getTime() - now.getTime() < SOON_MS ? "text-warn-text" : ""
            }
          />
        ) : (
          <span className="text-ink-3">{t("never")}</span>
        ),
    },
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
      caption={t("caption")}
      columns={columns}
      rows={keys}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/tokens/${id}`}
      footer={<KeyPages query={query} matching={matching} total={total} pageSize={pageSize} />}
    />
  );
}
