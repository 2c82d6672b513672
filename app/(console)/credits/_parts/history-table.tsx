import { ReceiptText } from "lucide-react";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { type Column, DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/data/empty-state";
import { formatDate } from "@/components/data/format-time";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import { LinkButton } from "@/components/ui/button";
import type { History, HistoryLine } from "@/lib/ledger/history";
import { type PageQuery, queryHref } from "../../_calls/query-href";
import { ExternalLink } from "./external-link";
import { lineName } from "./line-name";

/** Covers its row, and is named after what it opens; the receipt stays on top of it. */
function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
    >
      {children}
    </Link>
  );
}

/** Date, what, amount, balance after, receipt. A row opens its ledger lines, a day of calls its usage. */
export async function HistoryTable({
  history,
  paged,
  filters,
}: {
  history: History;
  paged: boolean;
  /** What the address narrows it to. */
  filters: PageQuery;
}) {
  const filtered = Object.keys(filters).length > 0;
  const [t, names, locale] = await Promise.all([
    getTranslations("credits.history"),
    getTranslations("credits.line"),
    getLocale(),
  ]);
  const columns: Column<HistoryLine>[] = [
    {
      id: "when",
      header: t("when"),
      cell: (line) =>
        line.kind === "spend" ? (
          <span className="whitespace-nowrap">
            {formatDate(new Date(`${line.day}T12:00:00Z`), new Date(), "UTC", locale)}
          </span>
        ) : (
          <RelativeTime at={line.at} />
        ),
    },
    {
      id: "what",
      header: t("what"),
      className: "w-full",
      cell: (line) =>
        line.kind === "spend" ? (
          <RowLink href={`/usage?range=custom&from=${line.day}&to=${line.day}`}>
            {t("spend", { calls: Number(line.calls) })}
          </RowLink>
        ) : (
          <>
            <RowLink href={`/credits/${line.id}`}>{lineName(names, line.type)}</RowLink>
            {line.reason ? (
              <span className="line-clamp-2 max-w-md break-words text-ink-3 text-xs">{line.reason}</span>
            ) : null}
          </>
        ),
    },
    {
      id: "amount",
      header: t("amount"),
      numeric: true,
      cell: (line) => <Money nano={line.amountNano} sign />,
    },
    {
      id: "balance",
      header: t("balance"),
      numeric: true,
      from: "sm",
      cell: (line) =>
        line.kind === "transaction" && line.balanceAfterNano !== null ? (
          <Money nano={line.balanceAfterNano} />
        ) : null,
    },
    {
      id: "receipt",
      header: t("receipt"),
      hiddenHeader: true,
      from: "sm",
      cell: (line) =>
        line.kind === "transaction" && line.type === "grant:purchase" && line.receiptUrl ? (
          <span className="relative">
            <ExternalLink href={line.receiptUrl}>{t("open")}</ExternalLink>
          </span>
        ) : null,
    },
  ];
  const pager =
    history.older || paged ? (
      <>
        {paged ? (
          <LinkButton size="sm" href={`${queryHref("/credits", filters)}#history`}>
            {t("newest")}
          </LinkButton>
        ) : (
          <span />
        )}
        {history.older ? (
          <LinkButton
            size="sm"
            prefetch={false}
            href={`${queryHref("/credits", filters, { before: history.older })}#history`}
          >
            {t("older")}
          </LinkButton>
        ) : null}
      </>
    ) : null;
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={history.lines}
      rowKey={(line) => (line.kind === "spend" ? line.day : String(line.id))}
      rowClassName={() => "hover:bg-ink/3"}
      empty={
        <EmptyState icon={ReceiptText} title={t(filtered ? "none" : "empty")}>
          {t(filtered ? "noneText" : "emptyText")}
        </EmptyState>
      }
      footer={pager}
    />
  );
}
