import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { Section } from "@/components/data/section";
import { findUser } from "@/lib/auth/session";
import { listPacks } from "@/lib/billing/list-packs";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { ModelTable } from "../_parts/model-table";
import { PackCards } from "../_parts/pack-cards";
import { WorkedExample } from "../_parts/worked-example";

const QUESTIONS = ["unit", "fails", "cut", "held", "monthly"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("site");
  return { title: t("pricing.title"), description: t("pricing.sentence") };
}

export default async function PricingPage() {
  const [t, user, packs, models] = await Promise.all([
    getTranslations("site"),
    findUser(),
    listPacks(),
    listPublicModels(),
  ]);
  const [first] = models;
  return (
    <Page className="max-w-6xl lg:px-6">
      <PageHeader title={t("pricing.title")} sentence={t("pricing.sentence")} />
      {packs.length > 0 ? (
        <Section title={t("packs.title")} sentence={t("packs.sentence")}>
          <PackCards packs={packs} href={user ? "/credits" : "/sign-up"} />
        </Section>
      ) : null}
      {models.length > 0 ? (
        <Section title={t("models.title")} sentence={t("models.sentence")}>
          <ModelTable models={models} />
        </Section>
      ) : null}
      <div className="grid gap-8 lg:grid-cols-2">
        <Section title={t("pricing.questions")}>
          <dl className="grid gap-4">
            {QUESTIONS.map((id) => (
              <div key={id}>
                <dt className="font-medium">{t(`pricing.${id}`)}</dt>
                <dd className="max-w-prose text-ink-2">{t(`pricing.${id}Text`)}</dd>
              </div>
            ))}
          </dl>
        </Section>
        {first ? <WorkedExample model={first} /> : null}
      </div>
    </Page>
  );
}
