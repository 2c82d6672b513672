import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { ClientMessages } from "@/components/shell/client-messages";
import { findUser } from "@/lib/auth/session";
import { chatModels } from "@/lib/catalog/chat-models";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { CLIENTS } from "@/lib/clients/catalogue";
import { env } from "@/lib/env";
import { listKeys } from "@/lib/keys/list-keys";
import { DoctorDesk } from "./_parts/doctor-desk";

const MOST_KEYS = 200;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("doctor");
  return { title: t("title"), description: t("description") };
}

/** Why a client does not work. What is pasted is judged in the browser and stays there. `?client=` is a slug. */
export default async function DoctorPage({
  searchParams,
}: {
  searchParams: Promise<{ client?: string | string[] }>;
}) {
  const [t, user, models, { client }] = await Promise.all([
    getTranslations("doctor"),
    findUser(),
    listPublicModels(),
    searchParams,
  ]);
  const own = user ? await listKeys(user, { pageSize: MOST_KEYS }) : null;
  const { publicApiUrl, publicUrl } = env();
  const clients = CLIENTS.map(({ slug, name }) => ({ slug, name }));
  return (
    <Page className="max-w-6xl lg:px-6">
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <ClientMessages areas={["doctor"]}>
        <DoctorDesk
          world={{
            apiRoot: publicApiUrl,
            siteOrigin: publicUrl,
            modelIds: chatModels(models).map(({ id }) => id),
          }}
          clients={clients}
          firstClient={clients.find(({ slug }) => slug === client)?.slug ?? null}
          keys={
            own?.keys.map(({ id, name, status, secrets }) => ({
              id,
              name,
              status,
              endings: secrets.map(({ lastFour }) => lastFour),
            })) ?? null
          }
        />
      </ClientMessages>
    </Page>
  );
}
