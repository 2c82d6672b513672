"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { fillText } from "@/lib/clients/fill-text";
import type { Setup } from "./use-setup";

/** For whom a client is, `/v1` or not and why, where its calls come from, how it learns of models. */
export function AboutClient({ setup }: { setup: Setup }) {
  const t = useTranslations("setup.about");
  const { client, facts } = setup;
  return (
    <section aria-labelledby="about" className="[overflow-wrap:anywhere]">
      <h2 id="about" className="mb-2 font-medium">
        {t("title", { client: client.name })}
      </h2>
      <dl className="grid gap-3 border-t pt-3 text-ink-2">
        <Entry term={t("v1")}>
          {client.v1.included ? t("yes") : t("no")} {fillText(client.v1.why, facts)}
        </Entry>
        <Entry term={t("origin")}>
          {t(`origins.${client.origin}`)}. {fillText(client.originNote, facts)}
        </Entry>
        <Entry term={t("models")}>
          {t(`modelsHow.${client.models.how}`)} {fillText(client.models.note, facts)}
        </Entry>
        <Entry term={t("forWhom")}>
          <List texts={client.forWhom} />
        </Entry>
        <Entry term={t("notForWhom")}>
          <List texts={client.notForWhom} />
        </Entry>
        <Entry term={t("safety")}>{t("safetyText")}</Entry>
      </dl>
    </section>
  );
}

function Entry({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink">{term}</dt>
      <dd className="mt-0.5 text-xs">{children}</dd>
    </div>
  );
}

function List({ texts }: { texts: readonly string[] }) {
  return (
    <ul className="grid gap-1">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
