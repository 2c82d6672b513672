import { useTranslations } from "next-intl";
import { DataTable } from "@/components/data/data-table";
import type { ErrorEntry } from "./find-entry";

export function ErrorTable({ entries }: { entries: readonly ErrorEntry[] }) {
  const t = useTranslations("site");
  return (
    <DataTable
      caption={t("errors.title")}
      rows={entries}
      rowKey={({ code }) => code}
      rowHref={({ code }) => `/docs/errors/${code}`}
      columns={[
        {
          id: "code",
          header: t("errors.code"),
          cell: ({ code, title }) => (
            <>
              <code className="num break-all">{code}</code>
              <span className="block text-ink-2 text-xs sm:hidden">{title}</span>
            </>
          ),
        },
        { id: "status", header: t("errors.status"), numeric: true, cell: ({ status }) => status },
        { id: "means", header: t("errors.means"), from: "sm", cell: ({ title }) => title },
      ]}
    />
  );
}
