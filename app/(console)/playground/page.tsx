import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { ClientMessages } from "@/components/shell/client-messages";
import { requireUser } from "@/lib/auth/session";
import { chatModels } from "@/lib/catalog/chat-models";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { env } from "@/lib/env";
import { getWallet } from "@/lib/ledger/get-wallet";
import { Playground } from "./_parts/playground";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("playground"))("title") };
}

/** A model tried in the browser, with one's own credit. `?model=` is an id. */
export default async function PlaygroundPage({
  searchParams,
}: {
  searchParams: Promise<{ model?: string | string[] }>;
}) {
  const user = await requireUser();
  const [t, models, wallet, { model }] = await Promise.all([
    getTranslations("playground"),
    listPublicModels(),
    getWallet(user.workspaceId),
    searchParams,
  ]);
  const choices = chatModels(models).map(({ id, displayName, maxOutputTokens, reasoning }) => ({
    id,
    displayName,
    maxOutputTokens,
    reasoning,
  }));
  const wanted = choices.find(({ id }) => id === model) ?? choices[0];
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <ClientMessages areas={["playground"]}>
        <Playground
          apiUrl={env().publicApiUrl}
          models={choices}
          firstModel={wanted?.id ?? ""}
          verified={user.user.verified}
          hasCredit={wallet.availableNano > 0n}
        />
      </ClientMessages>
    </Page>
  );
}
