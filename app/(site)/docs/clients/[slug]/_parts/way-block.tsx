import { useTranslations } from "next-intl";
import { CopyBlock } from "@/components/data/copy-block";
import { CopyButton } from "@/components/data/copy-button";
import { Alert } from "@/components/ui/alert";
import { renderSetup } from "@/lib/clients/render";
import type { ClientEntry, SetupStep } from "@/lib/clients/types";
import type { DocFacts } from "../../../_parts/load-doc-facts";

/** One way to set a client up: its block with the placeholder for the key, or why none can work here. */
export function WayBlock({ client, tabId, facts }: { client: ClientEntry; tabId: string; facts: DocFacts }) {
  const t = useTranslations("docs.client");
  const block = renderSetup({ slug: client.slug, tab: tabId, input: facts.input });
  const tab = client.tabs.find(({ id }) => id === tabId);
  const needed = client.tabs.filter(({ id }) => tab?.needs?.includes(id));
  return (
    <section
      id={tabId}
      aria-label={block.tabLabel}
      className="grid scroll-mt-20 grid-cols-[minmax(0,1fr)] gap-2"
    >
      {client.tabs.length > 1 ? <h4 className="font-medium text-ink-2">{block.tabLabel}</h4> : null}
      {block.status === "blocked" ? (
        <Alert tone="soon" title={t("blocked", { client: block.clientName })}>
          {block.reason}
        </Alert>
      ) : (
        <>
          {block.steps ? (
            <Steps steps={block.steps} />
          ) : (
            <CopyBlock title={block.fileName} code={block.text} className="[&_pre]:max-h-112" />
          )}
          {block.note ? <p className="wrap-anywhere max-w-prose text-ink-2">{block.note}</p> : null}
          {needed.map(({ id, label }) => (
            <p key={id} className="max-w-prose text-ink-2">
              {t("needs", { label })}
            </p>
          ))}
        </>
      )}
    </section>
  );
}

function Steps({ steps }: { steps: readonly SetupStep[] }) {
  return (
    <ol className="divide-y rounded-lg border bg-raised">
      {steps.map(({ text, fields = [] }, at) => (
        <li key={text} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-2 px-4 py-3">
          <span aria-hidden="true" className="num text-ink-3">
            {at + 1}
          </span>
          <p>{text}</p>
          {fields.length > 0 ? (
            <dl className="col-start-2 grid gap-px overflow-hidden rounded-md border bg-line">
              {fields.map(({ label, value }) => (
                <div
                  key={`${label} ${value}`}
                  className="grid items-center gap-x-4 bg-sunken py-1 pr-1 pl-3 sm:grid-cols-[14rem_minmax(0,1fr)]"
                >
                  <dt className="text-ink-2 text-xs">{label}</dt>
                  <dd className="flex min-w-0 items-center justify-between gap-1">
                    <code className="num wrap-anywhere min-w-0 text-xs">{value}</code>
                    <CopyButton text={value} what={label} />
                  </dd>
                </div>
              ))}
            </dl>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
