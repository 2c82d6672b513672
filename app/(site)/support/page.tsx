import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { ClientMessages } from "@/components/shell/client-messages";
import { LinkButton } from "@/components/ui/button";
import { findUser } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { SupportForm } from "./_parts/support-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("doctor.support");
  return { title: t("title"), description: t("sentence") };
}

/** What to send to support, made ready to copy, and where to send it. Nothing is sent from here. */
export default async function SupportPage() {
  const [t, user] = await Promise.all([getTranslations("doctor.support"), findUser()]);
  const { SUPPORT_ADDRESS: address, publicApiUrl } = env();
  return (
    <Page className="max-w-6xl lg:px-6">
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <div className="flex flex-wrap items-center gap-2">
        <LinkButton href="/doctor">{t("doctor")}</LinkButton>
        {user ? <LinkButton href="/logs">{t("logs")}</LinkButton> : null}
        <LinkButton href="/docs/errors" variant="ghost">
          {t("errors")}
        </LinkButton>
      </div>
      <ClientMessages areas={["doctor"]}>
        <SupportForm apiUrl={publicApiUrl} />
      </ClientMessages>
      <section aria-labelledby="where" className="max-w-prose">
        <h2 id="where" className="font-medium">
          {t("where")}
        </h2>
        <p className="mt-1 text-ink-2">
          {address ? t("send") : t("nobody")}{" "}
          {address ? (
            <a href={/^https?:\/\//.test(address) ? address : `mailto:${address}`} className="link">
              {address}
            </a>
          ) : null}
        </p>
      </section>
    </Page>
  );
}
