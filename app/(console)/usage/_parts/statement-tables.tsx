import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { group } from "@/components/data/format-tokens";
import { ScrollRegion } from "@/components/data/scroll-region";
import { Section } from "@/components/data/section";
import { Tokens } from "@/components/data/tokens";
import type { Statement } from "@/lib/usage/read-statement";
import type { UsageSums } from "@/lib/usage/usage-sums";
import { exactUsd } from "./exact-usd";

const CELL = "border-b px-3 py-1.5 first:pl-4 last:pr-4";
const NUMBER = `${CELL} num text-right whitespace-nowrap`;

/** Credits in and out besides calls, line by line. */
export function StatementTransactions({ statement }: { statement: Statement }) {
  const t = useTranslations("usage");
  const { transactions } = statement;
  const nameOf = (type: string) => {
    const key = `statementPage.type.${type}` as "statementPage.type.other";
    return t.has(key) ? t(key) : t("statementPage.type.other");
  };
  return (
    <Section title={t("statementPage.in")}>
      {transactions.length === 0 ? (
        <p className="text-ink-2">{t("statementPage.noneIn")}</p>
      ) : (
        <PaperTable
          label={t("statementPage.in")}
          head={[t("statementPage.date"), t("statementPage.what"), t("statementPage.amount")]}
        >
          {transactions.map(({ id, at, type, amountNano, reason }) => (
            <tr key={id.toString()}>
              <td className={`${CELL} num whitespace-nowrap`}>{at.toISOString().slice(0, 10)}</td>
              <td className={`${CELL} w-full break-words`}>
                {nameOf(type)}
                {reason ? <span className="text-ink-3"> {reason}</span> : null}
              </td>
              <td className={NUMBER}>{exactUsd(amountNano)}</td>
            </tr>
          ))}
        </PaperTable>
      )}
    </Section>
  );
}

/** What calls cost, by model or by key, and the sum. */
export function StatementSums({
  title,
  column,
  rows,
  totals,
}: {
  title: string;
  column: string;
  rows: ({ id: string; name: string } & UsageSums)[];
  totals: UsageSums;
}) {
  const t = useTranslations("usage");
  const cells = (sums: UsageSums) => (
    <>
      <td className={NUMBER}>{group(sums.calls)}</td>
      <td className={`${NUMBER} max-sm:hidden print:table-cell`}>
        <Tokens count={sums.inputTokens + sums.cachedTokens} />
      </td>
      <td className={`${NUMBER} max-sm:hidden print:table-cell`}>
        <Tokens count={sums.outputTokens + sums.reasoningTokens} />
      </td>
      <td className={NUMBER}>{exactUsd(sums.costNano)}</td>
    </>
  );
  return (
    <Section title={title}>
      {rows.length === 0 ? (
        <p className="text-ink-2">{t("statementPage.noCalls")}</p>
      ) : (
        <PaperTable
          label={title}
          head={[
            column,
            t("statementPage.calls"),
            t("statementPage.tokensIn"),
            t("statementPage.tokensOut"),
            t("statementPage.amount"),
          ]}
          narrow={[2, 3]}
        >
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className={`${CELL} w-full break-words text-left font-normal`}>
                {row.name}
              </th>
              {cells(row)}
            </tr>
          ))}
          <tr className="font-medium">
            <th scope="row" className={`${CELL} text-left font-medium`}>
              {t("statementPage.total")}
            </th>
            {cells(totals)}
          </tr>
        </PaperTable>
      )}
    </Section>
  );
}

function PaperTable({
  label,
  head,
  narrow = [],
  children,
}: {
  label: string;
  head: string[];
  /** Columns that phones leave out, and paper does not. */
  narrow?: number[];
  children: ReactNode;
}) {
  return (
    <ScrollRegion
      label={label}
      className="overflow-x-auto rounded-lg border bg-raised print:overflow-visible"
    >
      <table className="w-full border-separate border-spacing-0 [&_tbody>tr:last-child>*]:border-b-0 [&_tr]:break-inside-avoid">
        <thead>
          <tr className="text-ink-3 text-xs">
            {head.map((name, at) => (
              <th
                key={name}
                scope="col"
                className={`${CELL} whitespace-nowrap font-medium ${at === 0 || (head.length === 3 && at === 1) ? "text-left" : "text-right"} ${narrow.includes(at) ? "max-sm:hidden print:table-cell" : ""}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollRegion>
  );
}
