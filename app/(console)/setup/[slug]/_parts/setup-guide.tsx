"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Page } from "@/components/data/page";
import { LinkButton } from "@/components/ui/button";
import { fillText } from "@/lib/clients/fill-text";
import type { SetupState } from "../../_parts/load-setup";
import { Monogram } from "../../_parts/monogram";
import { AboutClient } from "./about-client";
import { BeforeStart } from "./before-start";
import { CheckModels } from "./check-models";
import { ChooseKey } from "./choose-key";
import { KnownMistakes } from "./known-mistakes";
import { PasteBlock } from "./paste-block";
import { Step } from "./step";
import { TestRequest } from "./test-request";
import { useSetup, type Wanted } from "./use-setup";
import { Watcher } from "./watcher";

/** The whole way from a key to a first answer in one client. */
export function SetupGuide({ slug, state, wanted }: { slug: string; state: SetupState; wanted: Wanted }) {
  const t = useTranslations("setup");
  const setup = useSetup(slug, state, wanted);
  const [hidden, setHidden] = useState(false);
  const { client, facts } = setup;
  return (
    <Page>
      <header className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <Monogram name={client.name} large />
        <div className="min-w-0 max-w-prose flex-1 basis-64">
          <h1 className="font-semibold text-xl tracking-tight">{t("page.title", { client: client.name })}</h1>
          <p className="mt-0.5 text-ink-2">{client.what}</p>
        </div>
        <div className="flex flex-wrap gap-2 max-sm:flex-row-reverse sm:ml-auto">
          <LinkButton href={client.homepage} target="_blank" rel="noreferrer" variant="ghost">
            {t("page.website")}
            <ExternalLink aria-hidden="true" />
          </LinkButton>
          <LinkButton href={setup.key ? `/setup?key=${setup.key.id}` : "/setup"}>{t("page.all")}</LinkButton>
        </div>
      </header>

      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 wide:grid-cols-[minmax(0,1fr)_19rem] wide:gap-12">
        <ol className="grid grid-cols-[minmax(0,1fr)] gap-8">
          <Step title={t("before.title")}>
            <BeforeStart state={state} />
            <ChooseKey setup={setup} hidden={hidden} setHidden={setHidden} />
          </Step>
          <Step number={1} title={t("check.title")} sentence={t("check.sentence")}>
            <CheckModels setup={setup} hidden={hidden} />
          </Step>
          <Step number={2} title={t("paste.title")} sentence={t("paste.sentence", { client: client.name })}>
            <PasteBlock setup={setup} hidden={hidden} />
          </Step>
          <Step number={3} title={client.apply.title} sentence={fillText(client.apply.note, facts)} />
          <Step number={4} title={t("test.title")} sentence={t("test.sentence", { client: client.name })}>
            <TestRequest setup={setup} hidden={hidden} />
          </Step>
          <Step number={5} title={t("chat.title")} sentence={fillText(client.firstChat, facts)} last>
            <Watcher setup={setup} />
          </Step>
        </ol>
        <aside className="grid gap-8">
          <KnownMistakes setup={setup} />
          <LinkButton href={`/doctor?client=${slug}`} className="w-fit">
            {t("checkConfig")}
          </LinkButton>
          <AboutClient setup={setup} />
        </aside>
      </div>
    </Page>
  );
}
