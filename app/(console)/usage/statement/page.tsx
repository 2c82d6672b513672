import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { ClientMessages } from "@/components/shell/client-messages";
import { Crumb } from "@/components/shell/crumb";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/button";
import { requireUser } from "@/lib/auth/session";
import type { QueryInput } from "@/lib/usage/parse-filters";
import { parseMonth, readStatement } from "@/lib/usage/read-statement";
import { pickQuery } from "../../_calls/query-href";
import { exactUsd } from "../_parts/exact-usd";
import { PrintButton } from "../_parts/print-button";
import { StatementSums, StatementTransactions } from "../_parts/statement-tables";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("usage");
  return { title: t("statementPage.title") };
}

/** One month of money on paper: the frame stays on the screen. */
export default async function StatementPage({ searchParams }: { searchParams: Promise<QueryInput> }) {
  const user = await requireUser();
  const { month: wanted } = pickQuery(await searchParams, ["month"]);
  const now = new Date();
  const month = parseMonth(wanted, now) ?? now.toISOString().slice(0, 7);
  const [t, statement] = await Promise.all([getTranslations("usage"), readStatement(user, { month, now })]);
  const title = monthName(month);
  const later = parseMonth(shift(month, 1), now);
  const day = (at: Date) => at.toISOString().slice(0, 10);
  const facts: [name: string, value: string][] = [
    [t("statementPage.account"), user.user.email],
    [t("statementPage.workspace"), `${user.workspaceName} (${user.workspaceId})`],
    [
      t("statementPage.period"),
      t("statementPage.periodValue", {
        from: day(statement.from),
        to: day(new Date(statement.to.getTime() - 1)),
      }),
    ],
    [t("statementPage.made"), `${now.toISOString().slice(0, 16).replace("T", " ")} UTC`],
  ];
  return (
    <ClientMessages areas={["usage"]}>
      <Crumb label={t("statementPage.title")} />
      <Page narrow className="gap-6 print:gap-4 print:p-0">
        <PageHeader
          title={t("statementPage.of", { month: title })}
          sentence={t("statementPage.sentence")}
          action={
            <span className="flex flex-wrap gap-2 print:hidden">
              <LinkButton href={`/usage/statement?month=${shift(month, -1)}`} prefetch={false}>
                {t("statementPage.previous")}
              </LinkButton>
              {later ? (
                <LinkButton href={`/usage/statement?month=${later}`} prefetch={false}>
                  {t("statementPage.next")}
                </LinkButton>
              ) : null}
              <PrintButton />
            </span>
          }
        />
        {wanted && month !== wanted ? <Alert tone="soon">{t("statementPage.unknownMonth")}</Alert> : null}
        {statement.running ? <Alert tone="info">{t("statementPage.running")}</Alert> : null}
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-2">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
        <dl className="grid gap-1.5 rounded-lg border bg-raised px-4 py-3">
          {(
            [
              [t("statementPage.opening"), statement.openingNano],
              [
                t("statementPage.in"),
                statement.transactions.reduce((sum, { amountNano }) => sum + amountNano, 0n),
              ],
              [t("statementPage.spent"), -statement.usage.costNano],
              [t(statement.running ? "statementPage.now" : "statementPage.closing"), statement.closingNano],
            ] as const
          ).map(([name, nano], at) => (
            <div
              key={name}
              className="flex justify-between gap-4 last:border-t last:pt-1.5 last:font-medium"
              data-testid={`statement-${at}`}
            >
              <dt className="text-ink-2">{name}</dt>
              <dd>
                <span className="num">{exactUsd(nano)}</span>
              </dd>
            </div>
          ))}
        </dl>
        <StatementTransactions statement={statement} />
        <StatementSums
          title={t("statementPage.byModel")}
          column={t("statementPage.model")}
          rows={statement.models.map((model) => ({ ...model, name: model.id }))}
          totals={statement.usage}
        />
        <StatementSums
          title={t("statementPage.byKey")}
          column={t("statementPage.key")}
          rows={statement.keys}
          totals={statement.usage}
        />
      </Page>
    </ClientMessages>
  );
}

function shift(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

function monthName(month: string): string {
  return new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}
