import { useTranslations } from "next-intl";
import type { ClientEntry } from "@/lib/clients/types";
import type { DocFacts } from "../../../_parts/load-doc-facts";
import { RichLine } from "../../../_parts/rich-line";
import { Part } from "./part";

/** How to pick a model, what goes wrong, and for which version all of this was checked. */
export function ClientNotes({ client, facts }: { client: ClientEntry; facts: DocFacts }) {
  const t = useTranslations("docs.client");
  const { fill, setup } = facts;
  return (
    <>
      <Part id="model" title={t("model")}>
        <Text text={t("modelText", { base: setup.base })} />
        <Text text={fill(client.models.note)} />
      </Part>
      <Part id="mistakes" title={t("mistakes")}>
        <dl className="divide-y border-y">
          {client.mistakes.map(({ mistake, fix }) => (
            <div key={mistake} className="wrap-anywhere py-2.5">
              <dt className="font-medium">{fill(mistake)}</dt>
              <dd className="mt-0.5 text-ink-2">{fill(fix)}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part id="version" title={t("version")}>
        <Text text={fill(client.version)} />
        <Text text={t("versionText", { client: client.name })} />
      </Part>
    </>
  );
}

function Text({ text }: { text: string }) {
  return (
    <p className="max-w-prose text-site">
      <RichLine text={text} />
    </p>
  );
}
