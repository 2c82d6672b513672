import { useTranslations } from "next-intl";
import type { ClientEntry } from "@/lib/clients/types";
import type { DocFacts } from "../../../_parts/load-doc-facts";
import { RichLine } from "../../../_parts/rich-line";
import { Part } from "./part";

const QUESTIONS = [
  "address",
  "v1",
  "site",
  "endpoint",
  "key",
  "pair",
  "model",
  "missing",
  "empty",
  "emptyV1",
  "wrongUrl",
  "e401",
  "e403",
  "e404",
  "e429",
  "e503",
  "restart",
  "official",
  "guarantee",
  "screenshots",
  "support",
] as const;

/** What people ask about every client, answered for this one. */
export function ClientFaq({ client, facts }: { client: ClientEntry; facts: DocFacts }) {
  const t = useTranslations("docs");
  const { fill, setup } = facts;
  const values = {
    client: client.name,
    address: client.asks.address,
    key: client.asks.key,
    value: fill(client.asks.value),
    base: setup.base,
    site: facts.dashboard,
    operator: facts.operator,
    why: fill(client.v1.why),
    answer: client.v1.included ? t("faqYes") : t("faqNo"),
    note: fill(client.models.note),
    apply: `${client.apply.title}. ${fill(client.apply.note)}`,
    version: fill(client.version),
  };
  return (
    <Part id="faq" title={t("client.faq")}>
      <dl className="grid gap-4">
        {QUESTIONS.map((id) => (
          <div key={id} className="wrap-anywhere max-w-prose">
            <dt className="font-medium">{t(`faq.${id}.q`, values)}</dt>
            <dd className="mt-0.5 text-ink-2">
              <RichLine text={t(`faq.${id}.a`, values)} />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
