import { Coins } from "lucide-react";
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
import { requireUser, type SignedIn } from "@/lib/auth/session";
import { listOpenPurchases } from "@/lib/billing/list-open-purchases";
import { listPacks } from "@/lib/billing/list-packs";
import { paymentsOn } from "@/lib/billing/payments-on";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { getWallet } from "@/lib/ledger/get-wallet";
import type { History } from "@/lib/ledger/history";
import { listTransactions } from "@/lib/ledger/list-transactions";
import { type PageQuery, pickQuery } from "../_calls/query-href";
import { BalanceFigures } from "./_parts/balance-figures";
import { CreditsSkeleton } from "./_parts/credits-skeleton";
import { HistoryTable } from "./_parts/history-table";
import { loadNotice } from "./_parts/load-notice";
import { packChoice } from "./_parts/pack-choice";
import { PackForm } from "./_parts/pack-form";
import { PurchaseNotice } from "./_parts/purchase-notice";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("credits"))("title") };
}

/**
 * The balance, how to add to it, and where it went. Also where people come back to from the payment page. Who
 * asks is settled before anything is sent, so that a stranger gets a true redirect.
 */
export default async function CreditsPage({ searchParams }: Props) {
  const user = await requireUser();
  const query = pickQuery(await searchParams, ["session_id", "cancelled", "before"]);
  return (
    <Suspense fallback={<CreditsSkeleton />}>
      <CreditsContent user={user} query={query} />
    </Suspense>
  );
}

async function CreditsContent({ user, query }: { user: SignedIn; query: PageQuery }) {
  // First of all, so that everything below already shows what a payment just brought.
  const notice = await loadNotice(user, query);
  const [t, wallet, packs, open, history] = await Promise.all([
    getTranslations("credits"),
    getWallet(user.workspaceId),
    listPacks(),
    listOpenPurchases(user),
    readHistory(user, query.before),
  ]);
  const shown = notice && "purchase" in notice ? notice.purchase.id : null;
  const waiting = open.filter(({ id }) => id !== shown);
  const { verified } = user.user;
  const sells = paymentsOn() && packs.length > 0;

  return (
    <ClientMessages areas={["credits", "logs"]}>
      <Page>
        <PageHeader
          title={t("title")}
          sentence={t("sentence")}
          action={
            sells && verified ? (
              <LinkButton href="#buy" variant="primary">
                {t("buyCredit")}
              </LinkButton>
            ) : null
          }
        />
        {notice || waiting.length > 0 ? (
          <div className="grid gap-3">
            {notice ? <PurchaseNotice notice={notice} /> : null}
            {waiting.map((purchase) => (
              <PurchaseNotice key={purchase.id} notice={{ state: purchase.status, purchase, payUrl: null }} />
            ))}
          </div>
        ) : null}
        <BalanceFigures wallet={wallet} />
        <Section id="buy" title={t("packs.title")} sentence={t("packs.sentence")}>
          {sells ? (
            <PackForm
              packs={packs.map(packChoice)}
              initial={(packs[1] ?? packs[0])?.id ?? ""}
              disabled={!verified}
              standIn={env().standIns.has("payments")}
            />
          ) : (
            <EmptyState icon={Coins} title={paymentsOn() ? t("packs.none") : t("packs.off")}>
              {paymentsOn() ? t("packs.noneText") : t("packs.offText")}
            </EmptyState>
          )}
        </Section>
        <Section id="history" title={t("history.title")} sentence={t("history.sentence")}>
          {history ? (
            <HistoryTable history={history} paged={query.before !== undefined} />
          ) : (
            <Alert
              tone="soon"
              action={
                <LinkButton size="sm" href="/credits#history">
                  {t("history.newest")}
                </LinkButton>
              }
            >
              {t("history.noPage")}
            </Alert>
          )}
        </Section>
      </Page>
    </ClientMessages>
  );
}

/** Null when the address names a page that is none. */
async function readHistory(user: SignedIn, cursor: string | undefined): Promise<History | null> {
  try {
    return await listTransactions(user, { timeZone: user.user.timeZone, ...(cursor ? { cursor } : {}) });
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_input") return null;
    throw error;
  }
}
