import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/data/copy-button";
import { LinkButton } from "@/components/ui/button";
import type { ClientEntry } from "@/lib/clients/types";
import type { DocFacts } from "../../../_parts/load-doc-facts";
import { RichLine } from "../../../_parts/rich-line";
import { Part } from "./part";

/** The values in short, for whom it is and for whom not, and what is needed first. */
export function ClientIntro({ client, facts }: { client: ClientEntry; facts: DocFacts }) {
  const t = useTranslations("docs.client");
  const { asks, v1 } = client;
  const value = facts.fill(asks.value);
  const { model } = facts.setup;
  return (
    <>
      <Part id="short" title={t("short")}>
        <dl className="divide-y rounded-lg border bg-raised">
          <Row term={t("shortAddress", { address: asks.address })} copy={value} />
          <Row term={t("shortKey", { key: asks.key })} text={t("shortKeyValue")} />
          <Row term={t("shortModel")} copy={model.id} />
          <Row term={t("shortV1")} text={`${t(v1.included ? "yes" : "no")}: ${facts.fill(v1.why)}`} />
        </dl>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <LinkButton href={`/setup/${client.slug}`} variant="primary" prefetch={false}>
            {t("open")}
          </LinkButton>
          <p className="text-ink-2 text-sm">{t("openHint")}</p>
        </div>
      </Part>
      <Part id="forWhom" title={t("forWhom")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Whom title={t("forWhomTitle")} texts={client.forWhom} />
          <Whom title={t("notForWhomTitle")} texts={client.notForWhom} />
        </div>
      </Part>
      <Part id="before" title={t("before")}>
        <ul className="grid max-w-prose list-disc gap-1.5 pl-5 text-site marker:text-ink-3">
          {[
            t("beforeAccount"),
            t("beforeCredit"),
            t("beforeKey"),
            t("beforeReach", { origin: facts.fill(client.originNote), value }),
          ].map((text) => (
            <li key={text} className="pl-1">
              <RichLine text={text} />
            </li>
          ))}
        </ul>
      </Part>
    </>
  );
}

function Row({ term, copy, text }: { term: string; copy?: string; text?: string }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 px-4 py-2.5 sm:grid-cols-[15rem_minmax(0,1fr)]">
      <dt className="wrap-anywhere text-ink-2">{term}</dt>
      <dd className="min-w-0">
        {copy ? (
          <span className="flex items-center gap-1">
            <code className="num wrap-anywhere min-w-0">{copy}</code>
            <CopyButton text={copy} what={term} className="-my-1" />
          </span>
        ) : (
          text
        )}
      </dd>
    </div>
  );
}

function Whom({ title, texts }: { title: string; texts: readonly string[] }) {
  return (
    <div>
      <h3 className="font-medium">{title}</h3>
      <ul className="mt-1 grid list-disc gap-1 pl-5 text-ink-2 marker:text-ink-3">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}
