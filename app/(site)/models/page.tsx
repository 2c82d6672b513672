import { Boxes } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/data/empty-state";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { readModelHealth } from "@/lib/usage/model-health";
import { ModelTable } from "../_parts/model-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return { title: t("models.title"), description: t("models.sentence") };
}

export default async function ModelsPage() {
  const [t, models, health] = await Promise.all([
    getTranslations("site"),
    listPublicModels(),
    readModelHealth(),
  ]);
  return (
    <Page className="max-w-6xl lg:px-6">
      <PageHeader title={t("models.title")} sentence={t("models.sentence")} />
      {models.length > 0 ? (
        <ModelTable models={models} health={health} />
      ) : (
        <EmptyState icon={Boxes} title={t("models.none")}>
          {t("models.noneText")}
        </EmptyState>
      )}
    </Page>
  );
}
