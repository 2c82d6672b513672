import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Column, DataTable } from "@/components/data/data-table";
import { RelativeTime } from "@/components/data/relative-time";
import { cn } from "@/components/ui/cn";
import type { ManagementKeyView } from "@/lib/keys/list-management-keys";
import { KeyStatusBadge } from "../../_parts/key-status";
import { MaskedKey } from "../../_parts/masked-key";
import { RevokeManagementKey } from "./revoke-management-key";

/** The workspace's management keys, those in use first. */
export function ManagementTable({ keys, footer }: { keys: ManagementKeyView[]; footer: ReactNode }) {
  const t = useTranslations("tokens.management");
  const l = useTranslations("tokens.list");
  const never = <span className="text-ink-3">{l("never")}</span>;
  const columns: Column<ManagementKeyView>[] = [
    {
      id: "name",
      header: l("name"),
      className: "w-full max-w-0 min-w-32",
      cell: (key) => (
        <span className="grid gap-0.5">
          <span
            title={key.name}
            className={cn("truncate font-medium", key.status !== "active" && "text-ink-3")}
          >
            {key.name}
          </span>
          <MaskedKey secret={key} className="text-ink-2 text-xs" />
        </span>
      ),
    },
    { id: "status", header: l("statusHeader"), cell: ({ status }) => <KeyStatusBadge status={status} /> },
    {
      id: "ranges",
      header: t("ranges"),
      from: "lg",
      className: "max-w-48",
      cell: ({ ipRanges }) =>
        ipRanges.length === 0 ? (
          <span className="whitespace-nowrap text-ink-3">{t("anywhere")}</span>
        ) : (
          <span className="num block truncate text-xs" title={ipRanges.join("\n")}>
            {ipRanges.join(", ")}
          </span>
        ),
    },
    {
      id: "lastUsed",
      header: l("lastUsed"),
      from: "sm",
      cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : never),
    },
    {
      id: "expires",
      header: l("expires"),
      from: "md",
      cell: ({ expiresAt }) => (expiresAt ? <RelativeTime at={expiresAt} /> : never),
    },
    {
      id: "created",
      header: t("created"),
      from: "lg",
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    {
      id: "actions",
      header: l("actions"),
      hiddenHeader: true,
      className: "text-right",
      cell: ({ id, name, status }) =>
        status === "revoked" ? null : <RevokeManagementKey of={{ id, name }} />,
    },
  ];
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={keys}
      rowKey={({ id }) => id}
      footer={<span>{footer}</span>}
    />
  );
}
