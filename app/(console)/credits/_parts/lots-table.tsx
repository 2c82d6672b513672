import { getTranslations } from "next-intl/server";
import { type Column, DataTable } from "@/components/data/data-table";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import { Section } from "@/components/data/section";
import { Badge } from "@/components/ui/badge";
import type { LotView } from "@/lib/billing/views/list-lots";
import { lineName } from "./line-name";

const SOON_MS = 7 * 86_400_000;

/** Every credit with something left, in the order in which calls use them. A row opens the ledger line it came with. */
export async function LotsTable({ lots, count }: { lots: LotView[]; count: number }) {
  if (count === 0) return null;
  const [t, names] = await Promise.all([getTranslations("credits.lots"), getTranslations("credits.line")]);
  const now = Date.now();
  const columns: Column<LotView>[] = [
    {
      id: "source",
      header: t("source"),
      className: "w-full",
      cell: (lot) => lineName(names, `grant:${lot.source}`),
    },
    {
      id: "kind",
      header: t("kind"),
      from: "md",
      cell: (lot) => (
        <span className="flex gap-1">
          {lot.promotional ? <Badge tone="outline">{t("promotional")}</Badge> : null}
          {lot.id === lots[0]?.id ? <Badge tone="good">{t("next")}</Badge> : null}
        </span>
      ),
    },
    { id: "left", header: t("left"), numeric: true, cell: (lot) => <Money nano={lot.leftNano} /> },
    {
      id: "of",
      header: t("of"),
      numeric: true,
      from: "sm",
      cell: (lot) => <Money nano={lot.amountNano} className="text-ink-3" />,
    },
    {
      id: "expires",
      header: t("expires"),
      className: "text-right",
      cell: (lot) =>
        lot.expiresAt ? (
          <RelativeTime
            at={lot.expiresAt}
            className={lot.expiresAt.getTime() - now < SOON_MS ? "text-warn-text" : ""}
          />
        ) : (
          <span className="text-ink-3">{t("never")}</span>
        ),
    },
    {
      id: "added",
      header: t("added"),
      from: "md",
      className: "text-right",
      cell: (lot) => <RelativeTime at={lot.createdAt} />,
    },
  ];
  return (
    <Section id="lots" title={t("title")} sentence={t("sentence")}>
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={lots}
        rowKey={(lot) => lot.id}
        rowHref={(lot) => `/credits/${lot.transactionId}`}
        footer={count > lots.length ? <span>{t("more", { count: count - lots.length })}</span> : null}
      />
    </Section>
  );
}
