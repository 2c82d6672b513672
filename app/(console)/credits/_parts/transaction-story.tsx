import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Money } from "@/components/data/money";
import { RelativeTime } from "@/components/data/relative-time";
import { Table, TableCell, TableHead } from "@/components/ui/table";
import type { TransactionView } from "@/lib/ledger/get-transaction";
import { ExternalLink } from "./external-link";

/** One transaction in full: its facts, then its entries down to the sum of zero. */
export async function TransactionStory({ transaction }: { transaction: TransactionView }) {
  const t = await getTranslations("credits.transaction");
  const accounts = await getTranslations("credits.account");
  const actors = await getTranslations("credits.actor");
  const [kind = ""] = transaction.actor.split(":");
  const actor = kind === "cli" ? "operator" : (kind as Parameters<typeof actors>[0]);
  return (
    <div className="grid gap-6">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        <Fact name={t("when")}>
          <RelativeTime at={transaction.at} />
        </Fact>
        <Fact name={t("by")}>{actors.has(actor) ? actors(actor) : transaction.actor}</Fact>
        {transaction.reason ? (
          <Fact name={t("reason")}>
            <span className="break-words">{transaction.reason}</span>
          </Fact>
        ) : null}
        {transaction.balanceAfterNano === null ? null : (
          <Fact name={t("balance")}>
            <Money nano={transaction.balanceAfterNano} />
          </Fact>
        )}
        <Fact name={t("number")}>
          <span className="num">{String(transaction.id)}</span>
        </Fact>
        {transaction.key ? (
          <Fact name={t("key")}>
            <code className="num break-all text-xs">{transaction.key}</code>
            <span className="mt-0.5 block text-ink-3 text-xs">{t("keyTip")}</span>
          </Fact>
        ) : null}
      </dl>
      {transaction.receiptUrl ? (
        <p>
          <ExternalLink href={transaction.receiptUrl}>{t("receipt")}</ExternalLink>
        </p>
      ) : null}
      <section className="grid gap-2">
        <h2 className="font-medium">{t("entries")}</h2>
        <p className="text-ink-2">{t("entriesText")}</p>
        <div className="rounded-lg border bg-raised">
          <Table>
            <thead>
              <tr>
                <TableHead className="pl-4">{t("account")}</TableHead>
                <TableHead className="pr-4 text-right">{t("amount")}</TableHead>
              </tr>
            </thead>
            <tbody>
              {transaction.entries.map((entry) => (
                <tr key={entry.account}>
                  <TableCell className="pl-4">{accounts(entry.account)}</TableCell>
                  <TableCell className="num pr-4 text-right">
                    <Money nano={entry.amountNano} sign />
                  </TableCell>
                </tr>
              ))}
              <tr className="[&>td]:border-b-0">
                <TableCell className="pl-4 text-ink-2">{t("sum")}</TableCell>
                <TableCell className="num pr-4 text-right">
                  <Money nano={transaction.entries.reduce((sum, { amountNano }) => sum + amountNano, 0n)} />
                </TableCell>
              </tr>
            </tbody>
          </Table>
        </div>
      </section>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
