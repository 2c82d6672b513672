"use client";

import { useTranslations } from "next-intl";
import { CopyBlock } from "@/components/data/copy-block";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { type ChatBody, codeSample, SAMPLE_IDS } from "./code-samples";

/** The call that would be sent now, as a program to take along. */
export function AsCode({ base, body }: { base: string; body: ChatBody }) {
  const t = useTranslations("playground");
  return (
    <details className="min-w-0 overflow-hidden rounded-lg border bg-raised">
      <summary className="rounded-lg px-4 py-3 font-medium">{t("asCode")}</summary>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2 border-t p-4">
        <p className="text-ink-3 text-xs">{t("asCodeHint")}</p>
        <Tabs defaultValue="curl" className="min-w-0">
          <TabsList aria-label={t("asCode")} className="max-w-full overflow-x-auto">
            {SAMPLE_IDS.map((id) => (
              <TabsTrigger key={id} value={id}>
                {t(`samples.${id}`)}
              </TabsTrigger>
            ))}
          </TabsList>
          {SAMPLE_IDS.map((id) => {
            const { fileName, code } = codeSample(id, base, body);
            return (
              <TabsContent key={id} value={id}>
                <CopyBlock code={code} title={fileName} className="[&_pre]:max-h-96" />
              </TabsContent>
            );
          })}
        </Tabs>
      </div>
    </details>
  );
}
