"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyButton } from "@/components/data/copy-button";
import { Section } from "@/components/data/section";
import { LinkButton } from "@/components/ui/button";

const MOST_IDS = 12;

/** What any client of the OpenAI API asks for, for those that the catalogue does not have. */
export function PlainValues({ apiUrl, modelIds }: { apiUrl: string; modelIds: readonly string[] }) {
  const t = useTranslations("setup.plain");
  const base = `${apiUrl}/v1`;
  return (
    <Section id="any" title={t("title")} sentence={t("sentence")}>
      <dl className="divide-y rounded-lg border bg-raised">
        <Row term={t("base")} hint={t("baseHint")}>
          <Value text={base} what={t("base")} />
        </Row>
        <Row term={t("root")} hint={t("rootHint")}>
          <Value text={apiUrl} what={t("root")} />
        </Row>
        <Row term={t("key")} hint={t("keyHint")}>
          <LinkButton href="/tokens" size="sm">
            {t("keyAction")}
          </LinkButton>
        </Row>
        <Row term={t("models")} hint={t("modelsHint")}>
          {modelIds.length === 0 ? <span className="text-ink-2">{t("noModels")}</span> : null}
          <ul className="grid gap-1">
            {modelIds.slice(0, MOST_IDS).map((id) => (
              <li key={id}>
                <Value text={id} what={id} />
              </li>
            ))}
          </ul>
          {modelIds.length > MOST_IDS ? (
            <p className="mt-1 text-ink-3 text-xs">
              {t("moreModels", { count: modelIds.length - MOST_IDS, base })}
            </p>
          ) : null}
        </Row>
      </dl>
    </Section>
  );
}

function Row({ term, hint, children }: { term: string; hint: string; children: ReactNode }) {
  return (
    <div className="grid gap-2 px-4 py-3 sm:grid-cols-[16rem_minmax(0,1fr)] sm:gap-6">
      <dt>
        <p>{term}</p>
        <p className="text-ink-3 text-xs">{hint}</p>
      </dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Value({ text, what }: { text: string; what: string }) {
  return (
    <span className="flex items-center gap-1">
      <code className="num min-w-0 break-all">{text}</code>
      <CopyButton text={text} what={what} className="-my-1" />
    </span>
  );
}
