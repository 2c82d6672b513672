import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { Section } from "@/components/data/section";
import { ClientMessages } from "@/components/shell/client-messages";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody } from "@/components/ui/card";
import { listSessions } from "@/lib/accounts/list-sessions";
import { timeZones } from "@/lib/accounts/time-zone";
import { PASSWORD_MIN } from "@/lib/auth/new-password";
import { requireUser } from "@/lib/auth/session";
import { countPrompts } from "@/lib/usage/count-prompts";
import { readPromptRetention } from "@/lib/usage/read-prompt-retention";
import { PROMPT_RETENTION_DAYS } from "@/lib/usage/set-prompt-retention";
import { EmailForm } from "./_parts/email-form";
import { PasswordForm } from "./_parts/password-form";
import { PromptsForm } from "./_parts/prompts-form";
import { EndOthersButton, SessionList } from "./_parts/session-list";
import { TimeZoneForm } from "./_parts/time-zone-form";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** On wide screens the heading stands beside its card. */
const ASIDE =
  "lg:grid-cols-[17rem_minmax(0,1fr)] lg:items-start lg:gap-x-8 lg:border-t lg:pt-8 [&>header]:content-start [&>header]:items-start";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

export default async function SettingsPage({ searchParams }: Props) {
  const ctx = await requireUser();
  const { notice } = await searchParams;
  const t = await getTranslations("settings");
  const { email, verified, timeZone } = ctx.user;
  const sessions = (await listSessions(ctx)).map((session) => ({
    ...session,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
  }));
  return (
    <ClientMessages areas={["settings"]}>
      <Page className="grid-cols-[minmax(0,60rem)]">
        <PageHeader title={t("title")} sentence={t("sentence")} />
        {notice === "email-changed" ? <Alert tone="good">{t("emailChanged")}</Alert> : null}
        <Section
          className={ASIDE}
          id="email"
          title={t("email.title")}
          sentence={
            <>
              <span className="wrap-anywhere">{t("email.sentence", { email })}</span>{" "}
              <Badge tone={verified ? "good" : "soon"}>
                {verified ? t("email.verified") : t("email.unverified")}
              </Badge>
            </>
          }
        >
          <Card>
            <CardBody>
              <EmailForm />
            </CardBody>
          </Card>
        </Section>
        <Section
          className={ASIDE}
          id="password"
          title={t("password.title")}
          sentence={t("password.sentence")}
        >
          <Card>
            <CardBody>
              <PasswordForm email={email} min={PASSWORD_MIN} />
            </CardBody>
          </Card>
        </Section>
        <Section
          className={ASIDE}
          id="sessions"
          title={t("sessions.title")}
          sentence={t("sessions.sentence")}
          action={sessions.length > 1 ? <EndOthersButton /> : null}
        >
          <SessionList sessions={sessions} />
        </Section>
        <Section className={ASIDE} id="time-zone" title={t("profile.title")} sentence={t("profile.sentence")}>
          <Card>
            <CardBody>
              <TimeZoneForm key={timeZone} timeZone={timeZone} zones={timeZones()} />
            </CardBody>
          </Card>
        </Section>
        <Section className={ASIDE} id="prompts" title={t("prompts.title")} sentence={t("prompts.sentence")}>
          <Card>
            <CardBody>
              <PromptsForm
                retentionDays={await readPromptRetention(ctx)}
                choices={PROMPT_RETENTION_DAYS}
                kept={await countPrompts(ctx)}
              />
            </CardBody>
          </Card>
        </Section>
      </Page>
    </ClientMessages>
  );
}
