import { Terminal } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { CopyBlock } from "@/components/data/copy-block";
import { EmptyState } from "@/components/data/empty-state";
import { LinkButton } from "@/components/ui/button";
import { firstCallExample } from "@/lib/usage/first-call-example";

/** Where calls will stand once there is one: what to run to see the first. */
export async function FirstCall({ live }: { live: ReactNode }) {
  const t = await getTranslations("usage");
  return (
    <EmptyState
      icon={Terminal}
      title={t("firstTitle")}
      className="px-4 sm:px-6"
      action={
        <>
          <LinkButton href="/tokens" variant="primary">
            {t("firstKey")}
          </LinkButton>
          <LinkButton href="/setup">{t("firstSetup")}</LinkButton>
        </>
      }
    >
      <p>{t("firstText")}</p>
      <CopyBlock
        title={t("firstCode")}
        code={await firstCallExample()}
        className="mt-4 text-left sm:-mx-16"
      />
      <p className="mt-3">{live}</p>
    </EmptyState>
  );
}
