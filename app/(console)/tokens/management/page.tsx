import { KeySquare } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CopyBlock } from "@/components/data/copy-block";
import { EmptyState } from "@/components/data/empty-state";
import { Page } from "@/components/data/page";
import { Section } from "@/components/data/section";
import { ClientMessages } from "@/components/shell/client-messages";
import { Crumb } from "@/components/shell/crumb";
import { LinkButton } from "@/components/ui/button";
import { requireUser } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { listManagementKeys } from "@/lib/keys/list-management-keys";
import { MAX_MANAGEMENT_KEYS } from "@/lib/keys/management-key-input";
import { TokensHeader } from "../_parts/tokens-header";
import { CreateManagementKey } from "./_parts/create-management-key";
import { FreshManagementKey } from "./_parts/fresh-management-key";
import { ManagementScope } from "./_parts/management-scope";
import { ManagementTable } from "./_parts/management-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tokens"))("management.title") };
}

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Keys for programs that manage keys: made, shown once, and ended here. */
export default async function ManagementKeysPage({ searchParams }: Props) {
  const user = await requireUser();
  const [t, keys, { shown }] = await Promise.all([
    getTranslations("tokens.management"),
    listManagementKeys(user),
    searchParams,
  ]);
  const living = keys.filter(({ status }) => status !== "revoked").length;
  const fresh = keys.find(({ id, status }) => id === shown && status === "active");
  const example = `curl ${env().publicUrl}/api/v1/keys \\\n  -H "Authorization: Bearer $TOLLGATE_MANAGEMENT_KEY"`;
  return (
    <ClientMessages areas={["tokens"]}>
      <Crumb label={t("title")} />
      <Page>
        <TokensHeader
          tab="management"
          verified={user.user.verified}
          action={<CreateManagementKey full={living >= MAX_MANAGEMENT_KEYS} max={MAX_MANAGEMENT_KEYS} />}
        />
        {fresh ? <FreshManagementKey key={fresh.id} id={fresh.id} name={fresh.name} /> : null}
        {keys.length === 0 ? (
          <EmptyState icon={KeySquare} title={t("none")}>
            {t("noneText")}
          </EmptyState>
        ) : (
          <ManagementTable keys={keys} footer={t("used", { living, max: MAX_MANAGEMENT_KEYS })} />
        )}
        <Section
          title={t("scope")}
          sentence={t("scopeText")}
          action={
            <LinkButton size="sm" href="/docs/api" prefetch={false}>
              {t("reference")}
            </LinkButton>
          }
        >
          <ManagementScope />
          <CopyBlock title={t("example")} code={example} />
        </Section>
      </Page>
    </ClientMessages>
  );
}
