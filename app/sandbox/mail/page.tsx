import { Mail } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "@/components/data/empty-state";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { RelativeTime } from "@/components/data/relative-time";
import { Brand } from "@/components/shell/brand";
import { ThemeSwitch } from "@/components/shell/theme-switch";
import { LinkButton } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { env } from "@/lib/env";
import { listOutbox } from "@/lib/mail/list-outbox";
import { KeepFresh } from "./_parts/keep-fresh";
import { MailText } from "./_parts/mail-text";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("sandbox.mail"))("title"), robots: { index: false } };
}

/** The stand-in of a mail server: every mail that would have left, with its links. */
export default async function OutboxPage() {
  // Foreign hosts and forwarded requests are refused before Next sees them (lib/run/dashboard.ts): Next itself adds
  // forwarded headers, so that here every request would look forwarded.
  if (!env().standIns.has("mail")) notFound();
  const t = await getTranslations("sandbox.mail");
  const mails = await listOutbox();
  return (
    <>
      <header className="flex h-14 items-center justify-between border-b px-4 sm:px-6">
        <Link href="/" className="flex rounded-sm">
          <Brand />
        </Link>
        <ThemeSwitch />
      </header>
      <main id="main" tabIndex={-1} className="focus:outline-none">
        <KeepFresh />
        <Page className="max-w-3xl">
          <PageHeader title={t("title")} sentence={t("sentence")} />
          {mails.length === 0 ? (
            <EmptyState
              icon={Mail}
              title={t("emptyTitle")}
              action={<LinkButton href="/sign-up">{t("signUp")}</LinkButton>}
            >
              {t("empty")}
            </EmptyState>
          ) : (
            <ul className="grid gap-4">
              {mails.map((mail) => (
                <li key={mail.id}>
                  <article data-mail-to={mail.to}>
                    <Card>
                      <CardBody className="grid gap-3">
                        <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
                          <h2 className="font-medium">{mail.subject}</h2>
                          <RelativeTime at={mail.createdAt} className="text-ink-3 text-xs" />
                          <p className="basis-full break-all text-ink-3 text-xs">
                            {t("to", { address: mail.to })}
                          </p>
                        </header>
                        <MailText text={mail.text} />
                      </CardBody>
                    </Card>
                  </article>
                </li>
              ))}
            </ul>
          )}
        </Page>
      </main>
    </>
  );
}
