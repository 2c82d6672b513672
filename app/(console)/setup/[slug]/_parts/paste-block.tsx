"use client";

import { useTranslations } from "next-intl";
import { CopyBlock } from "@/components/data/copy-block";
import { Alert } from "@/components/ui/alert";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { renderSetup, type SetupBlock } from "@/lib/clients/render";
import { maskKey } from "./mask-key";
import { UiSteps } from "./ui-steps";
import type { Setup } from "./use-setup";

/** Step 2: the finished block of each way to set the client up. */
export function PasteBlock({ setup, hidden }: { setup: Setup; hidden: boolean }) {
  const t = useTranslations("setup.paste");
  const { client, input, secret, tabId } = setup;
  return (
    <Tabs value={tabId} onValueChange={setup.chooseTab} className="min-w-0">
      <TabsList className="pl-0.5" aria-label={t("tabs", { client: client.name })}>
        {client.tabs.map(({ id, label }) => (
          <TabsTrigger key={id} value={id}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      {client.tabs.map(({ id }) => (
        <TabsContent key={id} value={id} className="grid grid-cols-[minmax(0,1fr)] gap-3">
          <Block block={renderSetup({ slug: client.slug, tab: id, input })} secret={secret} hidden={hidden} />
        </TabsContent>
      ))}
    </Tabs>
  );
}

function Block({ block, secret, hidden }: { block: SetupBlock; secret: string | null; hidden: boolean }) {
  const t = useTranslations("setup.paste");
  if (block.status === "blocked") {
    return (
      <Alert tone="soon" title={t("blocked", { client: block.clientName })}>
        {block.reason}
      </Alert>
    );
  }
  return (
    <>
      {block.steps ? (
        <UiSteps block={block} secret={secret} hidden={hidden} />
      ) : (
        <CopyBlock
          title={block.fileName}
          filename={block.fileName}
          code={maskKey(block.text, secret, hidden)}
          copyCode={block.text}
          className="[&_pre]:max-h-112"
        />
      )}
      {block.note ? <p className="max-w-prose text-ink-2">{block.note}</p> : null}
      {block.notices.map((notice) => (
        <Alert key={notice} tone="info">
          {notice}
        </Alert>
      ))}
    </>
  );
}
