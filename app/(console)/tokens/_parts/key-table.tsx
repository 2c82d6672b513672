import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { Table, TableHead } from "@/components/ui/table";
import type { KeysPage } from "@/lib/keys/list-keys-page";
import { KeyPages } from "./key-pages";
import type { KeyQuery } from "./key-query";
import { KeyRow } from "./key-row";

const COLUMNS = [
  { id: "name" },
  { id: "statusHeader" },
  { id: "limits" },
  { id: "today", className: "text-right max-lg:hidden" },
  { id: "period", className: "text-right" },
  { id: "total", className: "text-right max-xl:hidden" },
  { id: "lastUsed", className: "max-lg:hidden" },
  { id: "expires", className: "max-xl:hidden" },
] as const;

/** The keys of one page of the list: a table where there is room for columns, a card a key on phones. */
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
  const head = "top-12 z-10 bg-raised first:rounded-tl-lg first:pl-4 last:rounded-tr-lg last:pr-4 md:sticky";
  return (
    <div className="md:rounded-lg md:border md:bg-raised">
      <Table className="max-md:block">
        <caption className="sr-only">{t("caption")}</caption>
        <thead className="max-md:sr-only">
          <tr>
            {COLUMNS.map(({ id, ...column }) => (
              <TableHead key={id} className={cn(head, "className" in column && column.className)}>
                {t(id)}
              </TableHead>
            ))}
            <TableHead className={head}>
              <span className="sr-only">{t("actions")}</span>
            </TableHead>
          </tr>
        </thead>
        <tbody className="max-md:grid max-md:grid-cols-[minmax(0,1fr)] max-md:gap-2">
          {page.keys.map((view) => (
            <KeyRow key={view.id} view={view} verified={verified} now={now} oldAfterDays={oldAfterDays} />
          ))}
        </tbody>
      </Table>
      <div className="flex flex-wrap items-center justify-between gap-2 text-ink-2 max-md:pt-3 md:border-t md:px-4 md:py-2">
        <KeyPages query={query} page={page} />
      </div>
    </div>
  );
}
