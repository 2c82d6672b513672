import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { ErrorTable } from "./_parts/error-table";
import { listEntries } from "./_parts/find-entry";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return { title: t("errors.title"), description: t("errors.sentence") };
}

export default async function ErrorsPage() {
  const [t, entries] = await Promise.all([getTranslations("site"), listEntries()]);
  return (
    <Page narrow className="max-w-6xl lg:px-6">
      <PageHeader title={t("errors.title")} sentence={t("errors.sentence")} />
      <ErrorTable entries={entries.toSorted((a, b) => a.status - b.status)} />
    </Page>
  );
}
