import { KeyRound, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/data/empty-state";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { ClientMessages } from "@/components/shell/client-messages";
import { Alert } from "@/components/ui/alert";
import { Button, LinkButton } from "@/components/ui/button";
import { requireUser, type SignedIn } from "@/lib/auth/session";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { AppError } from "@/lib/errors";
import { getKey } from "@/lib/keys/get-key";
import { listKeys } from "@/lib/keys/list-keys";
import { actionKey } from "./_parts/action-key";
import { CreateKey } from "./_parts/create-key";
import { freshKey } from "./_parts/fresh-key";
import { FreshPanel } from "./_parts/fresh-panel";
import { KeyFilters } from "./_parts/key-filters";
import { readKeyQuery } from "./_parts/key-query";
import { KeyTable } from "./_parts/key-table";

const PAGE_SIZE = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tokens"))("title") };
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where keys are made and kept. */
export default async function TokensPage({ searchParams }: Props) {
  const user = await requireUser();
  const { verified, timeZone } = user.user;
  const t = await getTranslations("tokens");
  const params = await searchParams;
  const query = readKeyQuery(params);
  const [list, models, shown] = await Promise.all([
    listKeys(user, { ...query, pageSize: PAGE_SIZE, timeZone }),
    listPublicModels(),
    findShown(user, params.shown),
  ]);
  const fresh = shown ? freshKey(shown, verified) : null;
  const create = verified ? (
    <CreateKey modelIds={models.map(({ id: modelId }) => modelId)} initiallyOpen={params.new !== undefined} />
  ) : (
    <Button variant="primary" disabled>
      {t("create")}
    </Button>
  );
  return (
    <ClientMessages areas={["tokens"]}>
      <Page>
        <PageHeader title={t("title")} sentence={t("sentence")} action={create} />
        {verified ? null : (
          <Alert tone="soon" title={t("unverified.title")}>
            <p>{t("unverified.text")}</p>
            <LinkButton size="sm" href="/verify" className="mt-2">
              {t("unverified.action")}
            </LinkButton>
          </Alert>
        )}
        {shown && fresh ? <FreshPanel key={shown.id} fresh={fresh} of={actionKey(shown, verified)} /> : null}
        {list.total === 0 ? (
          <EmptyState icon={KeyRound} title={t("empty.title")}>
            {t("empty.text")}
          </EmptyState>
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
            <KeyFilters query={query} />
            {list.keys.length === 0 ? (
              <EmptyState
                icon={SearchX}
                title={t("list.nothing")}
                action={<LinkButton href="/tokens">{t("list.showAll")}</LinkButton>}
              >
                {t("list.nothingText")}
              </EmptyState>
            ) : (
              <KeyTable {...list} query={query} pageSize={PAGE_SIZE} verified={verified} now={new Date()} />
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
