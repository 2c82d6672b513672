import { useTranslations } from "next-intl";
import { CopyBlock } from "@/components/data/copy-block";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { Sample } from "./samples";

export function SampleTabs({ samples }: { samples: Sample[] }) {
  const t = useTranslations("site");
  return (
    <Tabs defaultValue="curl" className="min-w-0">
      <TabsList aria-label={t("sample.label")}>
        {samples.map(({ id }) => (
          <TabsTrigger key={id} value={id}>
            {t(`sample.${id}`)}
          </TabsTrigger>
        ))}
      </TabsList>
      {samples.map(({ id, code, fileName }) => (
        <TabsContent key={id} value={id}>
          <CopyBlock code={code} title={fileName} />
        </TabsContent>
      ))}
    </Tabs>
  );
}
