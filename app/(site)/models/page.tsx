import { Boxes } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/data/empty-state";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { ModelTable } from "../_parts/model-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return { title: t("models.title"), description: t("models.sentence") };
}

export default async function ModelsPage() {
  const [t, models] = await Promise.all([getTranslations("site"), listPublicModels()]);
  return (
    <Page className="max-w-6xl lg:px-6">
      <PageHeader title={t("models.title")} sentence={t("models.sentence")} />
      {models.length > 0 ? (
        <ModelTable models={models} />
      ) : (
        <EmptyState icon={Boxes} title={t("models.none")}>
          {t("models.noneText")}
        </EmptyState>
      )}
    </Page>
  );
}
