import { ScrollText, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { EmptyState } from "@/components/data/empty-state";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { ClientMessages } from "@/components/shell/client-messages";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/button";
import { timeZones } from "@/lib/accounts/time-zone";
import type { Ctx } from "@/lib/actor";
import { requireUser, type SignedIn } from "@/lib/auth/session";
import { AppError } from "@/lib/errors";
import { findNewestCall } from "@/lib/usage/find-newest-call";
import { type CallPage, type ListCallsInput, listCalls } from "@/lib/usage/list-calls";
import { listFilterChoices } from "@/lib/usage/list-filter-choices";
import { FILTER_NAMES, parseFilters, type QueryInput } from "@/lib/usage/parse-filters";
import { parseRange } from "@/lib/usage/parse-range";
import { parseZone } from "@/lib/usage/parse-zone";
import { CallsTable } from "../_calls/calls-table";
import { ExportMenu } from "../_calls/export-menu";
import { FilterBar } from "../_calls/filter-bar";
import { FirstCall } from "../_calls/first-call";
import { Live } from "../_calls/live";
import { pickQuery, queryHref } from "../_calls/query-href";
import { LogsSkeleton } from "./_parts/logs-skeleton";

const QUERY = ["range", "from", "to", "zone", ...FILTER_NAMES];
const PAGE_SIZE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("logs");
  return { title: t("title") };
}

/** Who asks is settled before anything is sent, so that a stranger gets a true redirect. */
export default async function LogsPage({ searchParams }: { searchParams: Promise<QueryInput> }) {
  const user = await requireUser();
  const input = await searchParams;
  return (
    <Suspense fallback={<LogsSkeleton />}>
      <LogsContent user={user} input={input} />
    </Suspense>
  );
}

async function LogsContent({ user, input }: { user: SignedIn; input: QueryInput }) {
  const query = pickQuery(input, QUERY);
  const { cursor } = pickQuery(input, ["cursor"]);
  const { zone, problem: zoneProblem } = parseZone(query, user.user.timeZone);
  const { range, problem } = parseRange(query, zone, new Date());
  const parsed = parseFilters(query);
  const { filters } = parsed;
  const filterProblem = parsed.problem ?? zoneProblem;
  const [t, page, choices, newest] = await Promise.all([
    getTranslations("logs"),
    readPage(user, { from: range.from, to: range.to, filters, cursor, limit: PAGE_SIZE }),
    listFilterChoices(user, range),
    findNewestCall(user),
  ]);
  const filtered = Object.keys(filters).length > 0;

  return (
    <ClientMessages areas={["logs"]}>
      <Page>
        <PageHeader
          title={t("title")}
          sentence={t("sentence")}
          action={
            newest === null ? null : (
              <>
                {cursor ? null : (
                  <span className="flex h-8 items-center px-2 max-sm:h-9">
                    <Live newest={newest} />
                  </span>
                )}
                <ExportMenu
                  choices={[{ label: t("export.calls"), path: "/logs/calls" }]}
                  query={queryHref("", query)}
                />
              </>
            )
          }
        />
        {newest === null ? (
          <FirstCall live={<Live newest={newest} />} />
        ) : (
          <div className="-mt-3 grid grid-cols-[minmax(0,1fr)] gap-4">
            <FilterBar
              path="/logs"
              query={query}
              range={range}
              rangeProblem={problem}
              zones={timeZones()}
              problem={filterProblem}
              withRequest
              {...choices}
            />
            {filterProblem ? <Alert tone="soon">{t(`filterProblem.${filterProblem}`)}</Alert> : null}
            {page ? (
              <CallsTable
                calls={page.calls}
                empty={
                  <EmptyState
                    icon={filters.requestId ? SearchX : ScrollText}
                    title={filters.requestId ? t("noRequest") : t("noneTitle")}
                    action={filtered ? <LinkButton href="/logs">{t("noneAction")}</LinkButton> : null}
                  >
                    {filters.requestId ? t("noRequestText") : t("noneText")}
                  </EmptyState>
                }
                footer={
                  page.older || page.newer ? (
                    <Pager page={page} query={query} older={t("older")} newer={t("newer")} />
                  ) : null
                }
              />
            ) : (
              <Alert
                tone="soon"
                action={
                  <LinkButton size="sm" href={queryHref("/logs", query)}>
                    {t("newest")}
                  </LinkButton>
                }
              >
                {t("cursorProblem")}
              </Alert>
            )}
          </div>
        )}
      </Page>
    </ClientMessages>
  );
}

/** Null when the cursor is garbled or another workspace's. */
async function readPage(ctx: Ctx, input: ListCallsInput): Promise<CallPage | null> {
  try {
    return await listCalls(ctx, input);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_input") return null;
    throw error;
  }
}

function Pager({
  page,
  query,
  older,
  newer,
}: {
  page: CallPage;
  query: Record<string, string>;
  older: string;
  newer: string;
}) {
  const link = (cursor: string | null, label: string) =>
    cursor ? (
      <LinkButton size="sm" href={queryHref("/logs", query, { cursor })} prefetch={false}>
        {label}
      </LinkButton>
    ) : (
      <span />
    );
  return (
    <>
      {link(page.newer, newer)}
      {link(page.older, older)}
    </>
  );
}
