import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Money } from "@/components/data/money";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { Crumb } from "@/components/shell/crumb";
import { LinkButton } from "@/components/ui/button";
import { lineName } from "../_parts/line-name";
import { openTransaction } from "../_parts/opened-transaction";
import { TransactionStory } from "../_parts/transaction-story";

interface Props {
  params: Promise<{ transactionId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("credits.transaction"))("title") };
}

/** One ledger line under its own URL, for links and reloads. */
export default async function TransactionPage({ params }: Props) {
  const transaction = await openTransaction(params);
  const [t, names] = await Promise.all([
    getTranslations("credits.transaction"),
    getTranslations("credits.line"),
  ]);
  return (
    <Page narrow>
      <Crumb label={t("crumb", { id: String(transaction.id) })} />
      <PageHeader
        title={lineName(names, transaction.type)}
        sentence={<Money nano={transaction.amountNano} sign />}
        action={<LinkButton href="/credits#history">{t("all")}</LinkButton>}
      />
      <TransactionStory transaction={transaction} />
    </Page>
  );
}
