import { Download } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Section } from "@/components/data/section";
import { Alert } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/button";
import type { SignedIn } from "@/lib/auth/session";
import { AppError } from "@/lib/errors";
import type { History } from "@/lib/ledger/history";
import { type HistoryFilter as Filter, parseHistoryFilter } from "@/lib/ledger/history-filter";
import { listTransactions } from "@/lib/ledger/list-transactions";
import { type PageQuery, queryHref } from "../../_calls/query-href";
import { HistoryFilter } from "./history-filter";
import { HistoryTable } from "./history-table";

const FILTERS = ["kind", "from", "to"];

/** The history as the address narrows it, with the same as a file. */
export async function HistorySection({ user, query }: { user: SignedIn; query: PageQuery }) {
  const { filter, problem } = parseHistoryFilter(query, user.user.timeZone);
  const [t, history] = await Promise.all([
    getTranslations("credits.history"),
    readHistory(user, filter, query.before),
  ]);
  const filters = Object.fromEntries(
    FILTERS.flatMap((name) => (query[name] && query[name] !== "all" ? [[name, query[name]]] : [])),
  );
  // Of nothing at all there is nothing to narrow down or to save.
  const blank =
    history?.lines.length === 0 &&
    query.before === undefined &&
    !problem &&
    Object.keys(filters).length === 0;
  return (
    <Section
      id="history"
      title={t("title")}
      sentence={t("sentence")}
      action={
        problem || blank ? null : (
          <LinkButton size="sm" href={queryHref("/credits/history.csv", filters)} prefetch={false} download>
            <Download aria-hidden="true" />
            {t("download")}
          </LinkButton>
        )
      }
    >
      {blank ? null : (
        <HistoryFilter
          kind={filters.kind ?? ""}
          from={filters.from ?? ""}
          to={filters.to ?? ""}
          problem={problem}
        />
      )}
      {history ? (
        <HistoryTable history={history} paged={query.before !== undefined} filters={filters} />
      ) : (
        <Alert
          tone="soon"
          action={
            <LinkButton size="sm" href="/credits#history">
              {t("newest")}
            </LinkButton>
          }
        >
          {t("noPage")}
        </Alert>
      )}
    </Section>
  );
}

/** Null when the address names a page that is none. */
async function readHistory(
  user: SignedIn,
  filter: Filter,
  cursor: string | undefined,
): Promise<History | null> {
  try {
    return await listTransactions(user, { timeZone: user.user.timeZone, filter, cursor });
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_input") return null;
    throw error;
  }
}
