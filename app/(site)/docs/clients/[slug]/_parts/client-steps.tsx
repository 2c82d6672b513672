import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyBlock } from "@/components/data/copy-block";
import { curlChat, curlModels } from "@/lib/clients/curl-blocks";
import { KEY_PLACEHOLDER } from "@/lib/clients/prepare-facts";
import type { ClientEntry } from "@/lib/clients/types";
import type { DocFacts } from "../../../_parts/load-doc-facts";
import { RichLine } from "../../../_parts/rich-line";
import { Part } from "./part";
import { WayBlock } from "./way-block";

/** From the key to the first answer. Every way of setting it up stands on the page, so that a search finds it. */
export function ClientSteps({ client, facts }: { client: ClientEntry; facts: DocFacts }) {
  const t = useTranslations("docs.client");
  const { name } = client;
  return (
    <Part id="steps" title={t("steps")}>
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <Step number={1} title={t("stepCheck")} text={t("stepCheckText", { placeholder: KEY_PLACEHOLDER })}>
          <CopyBlock title={t("terminal")} code={curlModels(facts.setup)} />
        </Step>
        <Step
          number={2}
          title={t("stepPaste", { client: name })}
          text={client.tabs.length > 1 ? t("stepPasteText") : ""}
        >
          {client.tabs.map(({ id }) => (
            <WayBlock key={id} client={client} tabId={id} facts={facts} />
          ))}
        </Step>
        <Step number={3} title={client.apply.title} text={facts.fill(client.apply.note)} />
        <Step number={4} title={t("stepTest")} text={t("stepTestText", { client: name })}>
          <CopyBlock title={t("terminal")} code={curlChat(facts.setup)} />
        </Step>
        <Step number={5} title={t("stepChat")} text={facts.fill(client.firstChat)} />
      </ol>
    </Part>
  );
}

function Step({
  number,
  title,
  text,
  children,
}: {
  number: number;
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="max-w-prose">
        <h3 className="font-medium">
          <span className="num mr-2 text-ink-3">{number}</span>
          {title}
        </h3>
        {text ? (
          <p className="mt-0.5 text-ink-2">
            <RichLine text={text} />
          </p>
        ) : null}
      </div>
      {children}
    </li>
  );
}
