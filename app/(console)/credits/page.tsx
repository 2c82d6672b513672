import { Coins } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { EmptyState } from "@/components/data/empty-state";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { Section } from "@/components/data/section";
import { ClientMessages } from "@/components/shell/client-messages";
import { LinkButton } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { requireUser, type SignedIn } from "@/lib/auth/session";
import { listOpenPurchases } from "@/lib/billing/list-open-purchases";
import { listPacks } from "@/lib/billing/list-packs";
import { paymentsOn } from "@/lib/billing/payments-on";
import { listLots } from "@/lib/billing/views/list-lots";
import { listOpenDisputes } from "@/lib/billing/views/list-open-disputes";
import { listOpenHolds } from "@/lib/billing/views/list-open-holds";
import { readAlerts } from "@/lib/billing/views/read-alerts";
import { env } from "@/lib/env";
import { getWallet } from "@/lib/ledger/get-wallet";
import { formatUsd, usdExact } from "@/lib/money";
import { type PageQuery, pickQuery } from "../_calls/query-href";
import { AccountStanding } from "./_parts/account-standing";
import { AlertsForm } from "./_parts/alerts-form";
import { BalanceFigures } from "./_parts/balance-figures";
import { CodeForm } from "./_parts/code-form";
import { CreditsSkeleton } from "./_parts/credits-skeleton";
import { HeldNow } from "./_parts/held-now";
import { HistorySection } from "./_parts/history-section";
import { HowCharged } from "./_parts/how-charged";
import { loadNotice } from "./_parts/load-notice";
import { LotsTable } from "./_parts/lots-table";
import { packChoice } from "./_parts/pack-choice";
import { PackForm } from "./_parts/pack-form";
import { PagePlaces } from "./_parts/page-places";
import { PurchaseNotice } from "./_parts/purchase-notice";
import { ReceiptsSection } from "./_parts/receipts-section";
import { SentEvents } from "./_parts/sent-events";
import { TopUpSection, TopUpSkeleton } from "./_parts/top-up-section";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NAMES = ["session_id", "cancelled", "before", "pack", "kind", "from", "to", "receipts"];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("credits"))("title") };
}

/**
 * The balance, how to add to it, and where it went. Also where people come back to from the payment page. Who
 * asks is settled before anything is sent, so that a stranger gets a true redirect.
 */
export default async function CreditsPage({ searchParams }: Props) {
  const user = await requireUser();
  const query = pickQuery(await searchParams, NAMES);
  return (
    <Suspense fallback={<CreditsSkeleton />}>
      <CreditsContent user={user} query={query} />
    </Suspense>
  );
}

async function CreditsContent({ user, query }: { user: SignedIn; query: PageQuery }) {
  // First of all, so that everything below already shows what a payment just brought.
  const notice = await loadNotice(user, query);
  const [t, wallet, packs, open, held, lots, disputes, alerts] = await Promise.all([
    getTranslations("credits"),
    getWallet(user.workspaceId),
    listPacks(),
    listOpenPurchases(user),
    listOpenHolds(user),
    listLots(user),
    listOpenDisputes(user),
    readAlerts(user),
  ]);
  const shown = notice && "purchase" in notice ? notice.purchase.id : null;
  const waiting = open.filter(({ id }) => id !== shown);
  const { verified } = user.user;
  const sells = paymentsOn() && packs.length > 0;
  const chosen = packs.find(({ id }) => id === query.pack) ?? packs[1] ?? packs[0];

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
        <PagePlaces without={[...(lots.count === 0 ? ["lots"] : []), ...(sells ? [] : ["top-up"])]} />
        <AccountStanding wallet={wallet} disputes={disputes} />
        {notice || waiting.length > 0 ? (
          <div className="grid gap-3">
            {notice ? <PurchaseNotice notice={notice} /> : null}
            {waiting.map((purchase) => (
              <PurchaseNotice key={purchase.id} notice={{ state: purchase.status, purchase, payUrl: null }} />
            ))}
          </div>
        ) : null}
        <BalanceFigures wallet={wallet} />
        <HeldNow holds={held.holds} count={held.count} />
        <Section id="buy" title={t("packs.title")} sentence={t("packs.sentence")}>
          {sells ? (
            <PackForm
              key={chosen?.id}
              packs={packs.map(packChoice)}
              initial={chosen?.id ?? ""}
              disabled={!verified}
              standIn={env().standIns.has("payments")}
            />
          ) : (
            <EmptyState icon={Coins} title={paymentsOn() ? t("packs.none") : t("packs.off")}>
              {paymentsOn() ? t("packs.noneText") : t("packs.offText")}
            </EmptyState>
          )}
        </Section>
        <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          {sells ? (
            <Section id="top-up" title={t("topUp.title")} sentence={t("topUp.sentence")}>
              <Card>
                <CardBody>
                  <Suspense fallback={<TopUpSkeleton />}>
                    <TopUpSection user={user} packs={packs} />
                  </Suspense>
                </CardBody>
              </Card>
            </Section>
          ) : null}
          <Section id="code" title={t("code.title")} sentence={t("code.sentence")}>
            <Card>
              <CardBody>
                <CodeForm disabled={!verified} />
              </CardBody>
            </Card>
          </Section>
        </div>
        <LotsTable lots={lots.lots} count={lots.count} />
        <HistorySection user={user} query={query} />
        <ReceiptsSection user={user} all={query.receipts === "all"} portal={sells} />
        <Section id="alerts" title={t("alerts.title")} sentence={t("alerts.sentence")}>
          <Card>
            <CardBody className="grid gap-4">
              <AlertsForm
                low={alerts.lowBalanceNano === null ? "" : usdExact(alerts.lowBalanceNano)}
                usual={formatUsd(alerts.usualLowNano)}
                url={alerts.webhookUrl ?? ""}
              />
              <SentEvents events={alerts.events} />
            </CardBody>
          </Card>
        </Section>
        <HowCharged />
      </Page>
    </ClientMessages>
  );
}
