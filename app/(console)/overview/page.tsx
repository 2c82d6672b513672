import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { Section } from "@/components/data/section";
import { ClientMessages } from "@/components/shell/client-messages";
import { LinkButton } from "@/components/ui/button";
import { TAB } from "@/components/ui/tabs";
import { requireUser, type SignedIn } from "@/lib/auth/session";
import { findNewestCall } from "@/lib/usage/find-newest-call";
import { readOverview } from "@/lib/usage/overview";
import type { QueryInput } from "@/lib/usage/parse-filters";
import { parseRange } from "@/lib/usage/parse-range";
import { summarizeUsage } from "@/lib/usage/summarize-usage";
import { AllLogs } from "../_calls/all-logs";
import { CallsTable } from "../_calls/calls-table";
import { Live } from "../_calls/live";
import { pickQuery } from "../_calls/query-href";
import { SpendChart } from "../_calls/spend-chart";
import { AttentionList } from "./_parts/attention-list";
import { FirstSteps } from "./_parts/first-steps";
import { OverviewFigures } from "./_parts/overview-figures";
import { OverviewSkeleton } from "./_parts/overview-skeleton";
import { TopList } from "./_parts/top-list";
import { Welcome } from "./_parts/welcome";

const RANGES = ["7d", "30d", "90d"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("overview");
  return { title: t("title") };
}

/** Who asks is settled before anything is sent, so that a stranger gets a true redirect. */
export default async function OverviewPage({ searchParams }: { searchParams: Promise<QueryInput> }) {
  const user = await requireUser();
  const input = await searchParams;
  return (
    <Suspense fallback={<OverviewSkeleton />}>
      <OverviewContent user={user} input={input} />
    </Suspense>
  );
}

async function OverviewContent({ user, input }: { user: SignedIn; input: QueryInput }) {
  const query = pickQuery(input, ["range"]);
  const choice = RANGES.find((name) => name === query.range) ?? "30d";
  const now = new Date();
  const { timeZone } = user.user;
  const { range } = parseRange({ range: choice }, timeZone, now);
  const [t, overview, summary, byKey, newest] = await Promise.all([
    getTranslations("overview"),
    readOverview(user, { timeZone, now }),
    summarizeUsage(user, { range, groupBy: "model" }),
    summarizeUsage(user, { range, groupBy: "key" }),
    findNewestCall(user),
  ]);
  const { steps } = overview;
  const started = Object.values(steps).every(Boolean);

  return (
    <ClientMessages areas={["logs", "overview"]}>
      <Page>
        <PageHeader
          title={t("title")}
          sentence={t("sentence")}
          action={
            steps.called ? (
              <LinkButton href="/tokens?new=1" variant="primary">
                {t("createKey")}
              </LinkButton>
            ) : null
          }
        />
        <OverviewFigures overview={overview} />
        {steps.called ? (
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 wide:grid-cols-[minmax(0,1fr)_19rem]">
            <Section
              title={t("spendByDay")}
              sentence={t("zone", { zone: range.zone })}
              action={
                <nav aria-label={t("range")} className="flex gap-4">
                  {RANGES.map((name) => (
                    <Link
                      key={name}
                      href={name === "30d" ? "/overview" : `/overview?range=${name}`}
                      scroll={false}
                      prefetch={false}
                      className={TAB}
                      {...(name === choice ? { "aria-current": "page" as const } : {})}
                    >
                      {t(`rangeName.${name}`)}
                    </Link>
                  ))}
                </nav>
              }
            >
              <SpendChart
                summary={summary}
                range={range}
                now={now}
                title={t("spendByDayChart")}
                empty={t("chartEmpty")}
              />
            </Section>
            <div className="grid gap-8">
              {started ? null : <FirstSteps steps={steps} />}
              <AttentionList overview={overview} />
            </div>
          </div>
        ) : (
          <>
            <Welcome steps={steps} live={<Live newest={newest} />} />
            {overview.attention.some(({ kind }) => kind === "frozen" || kind === "debt") ? (
              <AttentionList overview={overview} />
            ) : null}
          </>
        )}
        {steps.called ? (
          <div className="grid gap-8 md:grid-cols-2">
            <TopList title={t("topModels")} by="model" groups={summary.groups} range={choice} />
            <TopList title={t("topKeys")} by="key" groups={byKey.groups} range={choice} />
          </div>
        ) : null}
        {steps.called ? (
          <Section
            title={t("recent")}
            action={
              <>
                <Live newest={newest} />
                <AllLogs href="/logs" />
              </>
            }
          >
            <CallsTable calls={overview.recent} brief />
          </Section>
        ) : null}
      </Page>
    </ClientMessages>
  );
}
