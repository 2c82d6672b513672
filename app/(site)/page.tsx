import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { CopyBlock } from "@/components/data/copy-block";
import { LinkButton } from "@/components/ui/button";
import { findUser } from "@/lib/auth/session";
import { listPacks } from "@/lib/billing/list-packs";
import { chatModels } from "@/lib/catalog/chat-models";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { CLIENTS } from "@/lib/clients/catalogue";
import { env } from "@/lib/env";
import { ModelTable } from "./_parts/model-table";
import { PackCards } from "./_parts/pack-cards";
import { SampleAnswer } from "./_parts/sample-answer";
import { SampleTabs } from "./_parts/sample-tabs";
import { samples } from "./_parts/samples";
import { SiteSection } from "./_parts/site-section";
import { WorkedExample } from "./_parts/worked-example";

const SHOWN_MODELS = 6;
const PROMISES = ["settled", "free", "floor", "line"] as const;
const KEY_FACTS = ["once", "limits", "rotate", "revoke"] as const;

/** What it is, shown with the running installation's own address, models and prices. */
export default async function LandingPage() {
  const [t, user, packs, models] = await Promise.all([
    getTranslations("site"),
    findUser(),
    listPacks(),
    listPublicModels(),
  ]);
  const base = `${env().publicApiUrl}/v1`;
  const [first] = chatModels(models);
  return (
    <>
      <div className="mx-auto grid max-w-6xl grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-10 px-4 pt-14 pb-16 sm:px-6 lg:grid-cols-2 lg:pt-20">
        <div>
          <h1 className="font-semibold text-hero max-sm:text-[2.25rem] max-sm:leading-10">
            {t("hero.title")}
          </h1>
          <p className="mt-5 max-w-prose text-ink-2 text-site">{t("hero.sentence")}</p>
          <div className="mt-7 flex flex-wrap gap-2">
            {user ? (
              <LinkButton href="/overview" variant="primary" size="lg">
                {t("nav.console")}
              </LinkButton>
            ) : (
              <>
                <LinkButton href="/sign-up" variant="primary" size="lg">
                  {t("hero.signUp")}
                </LinkButton>
                <LinkButton href="/sign-in" size="lg">
                  {t("nav.signIn")}
                </LinkButton>
              </>
            )}
          </div>
          <dl className="mt-8 grid gap-1">
            <dt className="text-ink-3 text-xs">{t("hero.base")}</dt>
            <dd className="num break-all text-sm">{base}</dd>
          </dl>
        </div>
        {first ? (
          <div className="min-w-0 lg:min-h-[27rem]">
            <SampleTabs samples={samples(base, first.id)} />
            <SampleAnswer model={first} />
          </div>
        ) : null}
      </div>

      <SiteSection title={t("money.title")} sentence={t("money.sentence")}>
        <div className="grid gap-6 xl:grid-cols-2">
          <ul className="grid content-start gap-5">
            {PROMISES.map((id) => (
              <li key={id}>
                <h3 className="font-medium">{t(`money.${id}`)}</h3>
                <p className="text-ink-2">{t(`money.${id}Text`)}</p>
              </li>
            ))}
          </ul>
          {first ? <WorkedExample model={first} /> : null}
        </div>
      </SiteSection>

      <SiteSection title={t("clients.title")} sentence={t("clients.sentence")}>
        <ul className="grid grid-cols-2 overflow-hidden rounded-lg border bg-raised sm:grid-cols-3">
          {CLIENTS.map(({ slug, name }) => (
            <li key={slug} className="-mr-px -mb-px border-r border-b font-medium">
              <Link
                href={`/docs/clients/${slug}`}
                prefetch={false}
                className="block px-4 py-3 transition-colors duration-150 hover:bg-sunken"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </SiteSection>

      <SiteSection title={t("keys.title")} sentence={t("keys.sentence")}>
        <ul className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          {KEY_FACTS.map((id) => (
            <li key={id}>
              <h3 className="font-medium">{t(`keys.${id}`)}</h3>
              <p className="text-ink-2">{t(`keys.${id}Text`)}</p>
            </li>
          ))}
        </ul>
      </SiteSection>

      {models.length > 0 ? (
        <SiteSection stacked title={t("models.title")} sentence={t("models.sentence")}>
          <ModelTable models={models.slice(0, SHOWN_MODELS)} />
          {models.length > SHOWN_MODELS ? (
            <LinkButton href="/models" className="mt-4">
              {t("models.all", { count: models.length })}
            </LinkButton>
          ) : null}
        </SiteSection>
      ) : null}

      {packs.length > 0 ? (
        <SiteSection stacked title={t("packs.title")} sentence={t("packs.sentence")}>
          <PackCards packs={packs} href={user ? "/credits" : "/sign-up"} />
        </SiteSection>
      ) : null}

      <SiteSection title={t("own.title")} sentence={t("own.sentence")}>
        <CopyBlock code="npm start" title={t("own.shell")} />
        <p className="mt-3 max-w-prose text-ink-2">{t("own.text")}</p>
      </SiteSection>
    </>
  );
}
