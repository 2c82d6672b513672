import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { type Column, DataTable } from "@/components/data/data-table";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import { Section } from "@/components/data/section";
import type { OpenHold } from "@/lib/billing/views/list-open-holds";

/** Which calls hold money at this moment, for how long, and how much of it they have used. */
export async function HeldNow({ holds, count }: { holds: OpenHold[]; count: number }) {
  if (count === 0) return null;
  const t = await getTranslations("credits.held");
  const columns: Column<OpenHold>[] = [
    {
      id: "key",
      header: t("key"),
      className: "max-w-40 sm:max-w-64",
      cell: (hold) => (
        <Link href={`/tokens/${hold.keyId}`} prefetch={false} className="link block truncate">
          {hold.keyName ?? hold.keyId}
        </Link>
      ),
    },
    {
      id: "model",
      header: t("model"),
      from: "sm",
      className: "w-full",
      cell: (hold) => hold.modelId ?? <span className="text-ink-3">{t("starting")}</span>,
    },
    { id: "amount", header: t("amount"), numeric: true, cell: (hold) => <Money nano={hold.amountNano} /> },
    {
      id: "used",
      header: t("used"),
      numeric: true,
      from: "sm",
      cell: (hold) => (hold.usedNano === null ? null : <Money nano={hold.usedNano} />),
    },
    {
      id: "since",
      header: t("since"),
      className: "text-right",
      cell: (hold) => <RelativeTime at={hold.since} />,
    },
  ];
  return (
    <Section id="held" title={t("title")} sentence={t("sentence")}>
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={holds}
        rowKey={(hold) => hold.id}
        footer={count > holds.length ? <span>{t("more", { count: count - holds.length })}</span> : null}
      />
    </Section>
  );
}
