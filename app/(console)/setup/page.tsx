import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { ClientMessages } from "@/components/shell/client-messages";
import { requireUser } from "@/lib/auth/session";
import { chatModels } from "@/lib/catalog/chat-models";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { reachOf } from "@/lib/clients/address";
import { CLIENTS } from "@/lib/clients/catalogue";
import { env } from "@/lib/env";
import { ClientList } from "./_parts/client-list";
import { PlainValues } from "./_parts/plain-values";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("setup"))("title") };
}

/** The clients that can be set up. `?key=` is carried along to the one that is chosen. */
export default async function SetupPage({
  searchParams,
}: {
  searchParams: Promise<{ key?: string | string[] }>;
}) {
  await requireUser();
  const t = await getTranslations("setup");
  const { key } = await searchParams;
  const models = chatModels(await listPublicModels());
  const { publicApiUrl } = env();
  const clients = CLIENTS.map(({ slug, name, aliases, what, group, origin }) => ({
    slug,
    name,
    aliases,
    what,
    group,
    needsPublic: origin === "hosted" && reachOf(publicApiUrl) !== "public",
  }));
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <ClientMessages areas={["setup"]}>
        <ClientList clients={clients} keyId={typeof key === "string" ? key : null} />
        <PlainValues apiUrl={publicApiUrl} modelIds={models.map(({ id }) => id)} />
      </ClientMessages>
    </Page>
  );
}
