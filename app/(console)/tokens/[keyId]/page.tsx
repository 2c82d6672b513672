import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache, Suspense } from "react";
import { CopyButton } from "@/components/data/copy-button";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { RelativeTime } from "@/components/data/relative-time";
import { Section } from "@/components/data/section";
import { ClientMessages } from "@/components/shell/client-messages";
import { Crumb } from "@/components/shell/crumb";
import { requireUser } from "@/lib/auth/session";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { AppError } from "@/lib/errors";
import { getKey } from "@/lib/keys/get-key";
import { getKeyReminder } from "@/lib/keys/get-key-reminder";
import { listKeyEvents } from "@/lib/keys/list-key-events";
import { actionKey } from "../_parts/action-key";
import { freshKey } from "../_parts/fresh-key";
import { FreshPanel } from "../_parts/fresh-panel";
import { KeyStatusBadge } from "../_parts/key-status";
import { MaskedKey } from "../_parts/masked-key";
import { DangerZone } from "./_parts/danger-zone";
import { EditKey } from "./_parts/edit-key";
import { KeyActions } from "./_parts/key-actions";
import { ActivitySkeleton, KeyActivity } from "./_parts/key-activity";
import { KeyFigures } from "./_parts/key-figures";
import { KeyHistory } from "./_parts/key-history";
import { KeyLimitList } from "./_parts/key-limits";
import { KeyNotices } from "./_parts/key-notices";
import { SecretTable } from "./_parts/secret-table";

interface Props {
  params: Promise<{ keyId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The key, read once per request; another workspace's is missing. */
const readKey = cache(async (keyId: string) => {
  const user = await requireUser();
  try {
    return { user, view: await getKey(user, { keyId, timeZone: user.user.timeZone }) };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readKey((await params).keyId)).view.name };
}

/** One key: what it spent, may do, and went through. */
export default async function KeyPage({ params, searchParams }: Props) {
  const { user, view } = await readKey((await params).keyId);
  const { verified } = user.user;
  const now = new Date();
  const [t, events, models, reminder] = await Promise.all([
    getTranslations("tokens"),
    listKeyEvents(user, { keyId: view.id }),
    listPublicModels(),
    getKeyReminder(user),
  ]);
  const of = actionKey(view, verified);
  const fresh = (await searchParams).shown === view.id ? freshKey(view, verified) : null;
  const { id, name, limits, updatedAt, status } = view;
  const modelIds = models.map((model) => model.id);
  return (
    <ClientMessages areas={["tokens", "logs"]}>
      <Crumb label={view.name} />
      <Page>
        <PageHeader
          title={view.name}
          sentence={
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <KeyStatusBadge status={view.status} />
              {view.secrets.map((secret) => (
                <MaskedKey key={secret.id} secret={secret} className="text-xs" />
              ))}
              <span className="text-ink-3 text-xs">
                {t("key.createdAt")} <RelativeTime at={view.createdAt} />
              </span>
              <span className="flex items-center gap-1 text-ink-3 text-xs">
                <span className="num">{view.id}</span>
                <CopyButton text={view.id} what={t("menu.id")} />
              </span>
            </span>
          }
          action={<KeyActions of={of} />}
        />
        <KeyNotices
          view={view}
          of={of}
          now={now}
          oldAfterDays={reminder.days}
          leakedAt={events.find(({ action }) => action === "key.leak")?.at ?? null}
        />
        {fresh ? <FreshPanel fresh={fresh} of={of} /> : null}
        <KeyFigures view={view} />
        <Section
          id="limits"
          title={t("key.limits")}
          sentence={t("key.limitsSentence")}
          action={
            verified && status !== "revoked" ? (
              <EditKey
                key={updatedAt.toISOString()}
                editing={{ id, name, limits, updatedAt }}
                modelIds={modelIds}
              />
            ) : null
          }
        >
          <KeyLimitList view={view} modelIds={modelIds} />
        </Section>
        <Suspense fallback={<ActivitySkeleton />}>
          <KeyActivity user={user} view={view} now={now} />
        </Suspense>
        <Section title={t("key.secrets")} sentence={t("key.secretsSentence")}>
          <SecretTable keyId={view.id} secrets={view.history} />
        </Section>
        <Section title={t("key.history")} sentence={t("key.historySentence")}>
          <KeyHistory events={events} />
        </Section>
        {of.canRevoke ? <DangerZone of={of} /> : null}
      </Page>
    </ClientMessages>
  );
}
