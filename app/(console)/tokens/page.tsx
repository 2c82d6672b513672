import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { EmptyState } from "@/components/data/empty-state";
import { Page } from "@/components/data/page";
import { ClientMessages } from "@/components/shell/client-messages";
import { LinkButton } from "@/components/ui/button";
import { requireUser, type SignedIn } from "@/lib/auth/session";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { AppError } from "@/lib/errors";
import { getKey } from "@/lib/keys/get-key";
import { getKeyReminder } from "@/lib/keys/get-key-reminder";
import { listKeysPage } from "@/lib/keys/list-keys-page";
import { actionKey } from "./_parts/action-key";
import { CreateKey } from "./_parts/create-key";
import { FirstKey } from "./_parts/first-key";
import { freshKey } from "./_parts/fresh-key";
import { FreshPanel } from "./_parts/fresh-panel";
import { KeyFilters } from "./_parts/key-filters";
import { readKeyQuery, readPlaceParam } from "./_parts/key-query";
import { KeyTable } from "./_parts/key-table";
import { ListMenu } from "./_parts/list-menu";
import { suggestNames } from "./_parts/suggest-names";
import { TokensHeader } from "./_parts/tokens-header";
import { TokensSkeleton } from "./_parts/tokens-skeleton";

const PAGE_SIZE = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tokens"))("title") };
}

type Params = Record<string, string | string[] | undefined>;

/** Where keys are made and kept. Who asks is settled before anything is sent, so that a stranger gets a true redirect. */
export default async function TokensPage({ searchParams }: { searchParams: Promise<Params> }) {
  const user = await requireUser();
  return (
    <Suspense fallback={<TokensSkeleton />}>
      <TokensContent user={user} params={await searchParams} />
    </Suspense>
  );
}

async function TokensContent({ user, params }: { user: SignedIn; params: Params }) {
  const { verified, timeZone } = user.user;
  const t = await getTranslations("tokens");
  const query = readKeyQuery(params);
  const [page, models, shown, reminder] = await Promise.all([
    listKeysPage(user, { ...query, place: readPlaceParam(params), pageSize: PAGE_SIZE, timeZone }),
    listPublicModels(),
    findShown(user, params.shown),
    getKeyReminder(user),
  ]);
  const fresh = shown ? freshKey(shown, verified) : null;
  const list = { page, query, verified, now: new Date(), oldAfterDays: reminder.days };
  const create = (
    <CreateKey
      modelIds={models.map(({ id }) => id)}
      suggestions={suggestNames(page.keys.map(({ name }) => name))}
    />
  );
  return (
    <ClientMessages areas={["tokens"]}>
      <Page>
        <TokensHeader
          tab="keys"
          verified={verified}
          action={
            <>
              {page.total > 0 && verified ? <ListMenu reminderDays={reminder.days} /> : null}
              {create}
            </>
          }
        />
        {shown && fresh ? <FreshPanel key={shown.id} fresh={fresh} of={actionKey(shown, verified)} /> : null}
        {page.total === 0 ? (
          <FirstKey />
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
            <KeyFilters query={query} />
            {page.keys.length === 0 ? (
              <EmptyState
                icon={SearchX}
                title={t("list.nothing")}
                action={<LinkButton href="/tokens">{t("list.showAll")}</LinkButton>}
              >
                {t("list.nothingText")}
              </EmptyState>
            ) : (
              <KeyTable {...list} />
            )}
          </div>
        )}
      </Page>
    </ClientMessages>
  );
}

/** The key whose secret was just made, if the address names one of this workspace's. */
async function findShown(user: SignedIn, shown: string | string[] | undefined) {
  if (typeof shown !== "string") return null;
  try {
    return await getKey(user, { keyId: shown });
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
