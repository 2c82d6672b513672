import { getLocale, getTranslations } from "next-intl/server";
import { type Column, DataTable } from "@/components/data/data-table";
import { formatDate } from "@/components/data/format-time";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import { Badge } from "@/components/ui/badge";
import { formatMinor } from "@/lib/billing/format-minor";
import type { ReceiptView } from "@/lib/billing/receipts/list-receipts";
import { formatUsd } from "@/lib/money";
import { ExternalLink } from "./external-link";
import { GiveBack } from "./give-back";

/** Every paid order with Stripe's papers, its refunds and disputes, and the way to give an unused one back. */
export async function ReceiptsTable({ receipts, more }: { receipts: ReceiptView[]; more: number }) {
  const [t, locale] = await Promise.all([getTranslations("credits.receipts"), getLocale()]);
  const columns: Column<ReceiptView>[] = [
    { id: "when", header: t("when"), from: "sm", cell: (receipt) => <RelativeTime at={receipt.paidAt} /> },
    {
      id: "what",
      header: t("what"),
      className: "w-full",
      cell: (receipt) => (
        <>
          {receipt.packName} {receipt.automatic ? <Badge>{t("automatic")}</Badge> : null}
          <span className="block text-ink-3 text-xs sm:hidden">
            <RelativeTime at={receipt.paidAt} />
          </span>
          {receipt.reversals.map((reversal) => (
            <span key={reversal.id} className="block text-ink-3 text-xs">
              {t(`reversal.${reversal.kind}.${reversal.stands ? "stands" : "ended"}`, {
                amount: formatMinor(reversal.amountMinor, receipt.currency),
                status: reversal.status.replaceAll("_", " "),
              })}
            </span>
          ))}
        </>
      ),
    },
    {
      id: "paid",
      header: t("paid"),
      numeric: true,
      cell: (receipt) => formatMinor(receipt.paidMinor, receipt.currency),
    },
    {
      id: "credit",
      header: t("credit"),
      numeric: true,
      from: "md",
      cell: (receipt) => <Money nano={receipt.creditNano + receipt.bonusNano} />,
    },
    {
      id: "papers",
      header: t("papers"),
      cell: (receipt) => (
        <span className="flex gap-x-3 gap-y-1 max-sm:flex-col">
          {receipt.receiptUrl ? <ExternalLink href={receipt.receiptUrl}>{t("receipt")}</ExternalLink> : null}
          {receipt.invoiceUrl ? <ExternalLink href={receipt.invoiceUrl}>{t("invoice")}</ExternalLink> : null}
        </span>
      ),
    },
    {
      id: "back",
      header: t("giveBack"),
      hiddenHeader: true,
      className: "text-right",
      cell: (receipt) =>
        receipt.refundableUntil ? (
          <GiveBack
            purchaseId={receipt.id}
            pack={receipt.packName}
            price={formatMinor(receipt.paidMinor, receipt.currency)}
            credit={formatUsd(receipt.creditNano + receipt.bonusNano)}
            until={formatDate(receipt.refundableUntil, new Date(), "UTC", locale)}
          />
        ) : null,
    },
  ];
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={receipts}
      rowKey={(receipt) => receipt.id}
      footer={
        more > 0 ? (
          <a href="/credits?receipts=all#receipts" className="link">
            {t("more", { count: more })}
          </a>
        ) : null
      }
    />
  );
}
