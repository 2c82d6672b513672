import { ChartNoAxesColumn } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { EmptyState } from "@/components/data/empty-state";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { Section } from "@/components/data/section";
import { ClientMessages } from "@/components/shell/client-messages";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/button";
import { timeZones } from "@/lib/accounts/time-zone";
import { requireUser, type SignedIn } from "@/lib/auth/session";
import { findNewestCall } from "@/lib/usage/find-newest-call";
import { listCalls } from "@/lib/usage/list-calls";
import { listFilterChoices } from "@/lib/usage/list-filter-choices";
import { parseFilters, type QueryInput } from "@/lib/usage/parse-filters";
import { parseRange } from "@/lib/usage/parse-range";
import { parseZone } from "@/lib/usage/parse-zone";
import { summarizeUsage } from "@/lib/usage/summarize-usage";
import { AllLogs } from "../_calls/all-logs";
import { CallsTable } from "../_calls/calls-table";
import { ExportMenu } from "../_calls/export-menu";
import { FilterBar } from "../_calls/filter-bar";
import { FirstCall } from "../_calls/first-call";
import { Live } from "../_calls/live";
import { pickQuery, queryHref } from "../_calls/query-href";
import { Breakdown } from "./_parts/breakdown";
import { groupOf, readBy, readMeasure } from "./_parts/choices";
import { UsageFigures } from "./_parts/usage-figures";
import { UsageSkeleton } from "./_parts/usage-skeleton";

const FILTERS = ["key", "model", "status", "client", "dialect"];
const QUERY = ["range", "from", "to", "zone", ...FILTERS, "by", "measure", "all"];
const NEWEST = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("usage");
  return { title: t("title") };
}

/** Who asks is settled before anything is sent, so that a stranger gets a true redirect. */
export default async function UsagePage({ searchParams }: { searchParams: Promise<QueryInput> }) {
  const user = await requireUser();
  const input = await searchParams;
  return (
    <Suspense fallback={<UsageSkeleton />}>
      <UsageContent user={user} input={input} />
    </Suspense>
  );
}

async function UsageContent({ user, input }: { user: SignedIn; input: QueryInput }) {
  const query = pickQuery(input, QUERY);
  const now = new Date();
  const { zone, problem: zoneProblem } = parseZone(query, user.user.timeZone);
  const { range, problem } = parseRange(query, zone, now);
  // Sums know neither single costs nor durations nor request ids.
  const parsed = parseFilters(pickQuery(query, FILTERS));
  const { filters } = parsed;
  const filterProblem = parsed.problem ?? zoneProblem;
  const by = readBy(query.by);
  const measure = readMeasure(query.measure);
  const [t, tLogs, summary, page, choices, newest] = await Promise.all([
    getTranslations("usage"),
    getTranslations("logs"),
    summarizeUsage(user, { range, groupBy: groupOf(by), measure, filters }),
    listCalls(user, { from: range.from, to: range.to, filters, limit: NEWEST }),
    listFilterChoices(user, range),
    findNewestCall(user),
  ]);
  const { by: _by, all: _all, measure: _measure, ...logQuery } = query;

  return (
    <ClientMessages areas={["logs"]}>
      <Page>
        <PageHeader
          title={t("title")}
          sentence={t("sentence")}
          action={
            newest === null ? null : (
              <>
                <LinkButton href="/usage/statement">{t("statement")}</LinkButton>
                <ExportMenu
                  choices={[
                    {
                      label: tLogs("export.usage", { by: tLogs(`export.by.${groupOf(by)}`) }),
                      path: "/usage/usage",
                    },
                    { label: tLogs("export.calls"), path: "/logs/calls" },
                  ]}
                  query={queryHref("", query)}
                />
              </>
            )
          }
        />
        {newest === null ? (
          <FirstCall live={<Live newest={newest} />} />
        ) : (
          <>
            <div className="-mt-3 grid gap-4">
              <FilterBar
                path="/usage"
                query={query}
                range={range}
                rangeProblem={problem}
                zones={timeZones()}
                problem={filterProblem}
                {...choices}
              />
              {filterProblem ? <Alert tone="soon">{tLogs(`filterProblem.${filterProblem}`)}</Alert> : null}
              <UsageFigures totals={summary.totals} speed={summary.speed} />
            </div>
            <Breakdown summary={summary} range={range} measure={measure} by={by} now={now} query={query} />
            <Section
              title={t("callsSection")}
              action={
                <>
                  <Live newest={newest} />
                  <AllLogs href={queryHref("/logs", logQuery)} />
                </>
              }
            >
              <CallsTable
                calls={page.calls}
                empty={
                  <EmptyState icon={ChartNoAxesColumn} title={t("noneInRange")}>
                    {t("noneInRangeText")}
                  </EmptyState>
                }
              />
            </Section>
          </>
        )}
      </Page>
    </ClientMessages>
  );
}
