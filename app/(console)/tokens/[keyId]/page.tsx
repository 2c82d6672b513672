import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { CopyButton } from "@/components/data/copy-button";
import { Page } from "@/components/data/page";
import { PageHeader } from "@/components/data/page-header";
import { RelativeTime } from "@/components/data/relative-time";
import { Section } from "@/components/data/section";
import { ClientMessages } from "@/components/shell/client-messages";
import { Crumb } from "@/components/shell/crumb";
import { LinkButton } from "@/components/ui/button";
import { requireUser } from "@/lib/auth/session";
import { listPublicModels } from "@/lib/catalog/list-public-models";
import { AppError } from "@/lib/errors";
import { getKey } from "@/lib/keys/get-key";
import { getKeyReminder } from "@/lib/keys/get-key-reminder";
import { listKeyClients } from "@/lib/keys/list-key-clients";
import { listKeyEvents } from "@/lib/keys/list-key-events";
import { listCalls } from "@/lib/usage/list-calls";
import { parseRange } from "@/lib/usage/parse-range";
import { summarizeUsage } from "@/lib/usage/summarize-usage";
import { CallsTable } from "../../_calls/calls-table";
import { SpendChart } from "../../_calls/spend-chart";
import { actionKey } from "../_parts/action-key";
import { freshKey } from "../_parts/fresh-key";
import { FreshPanel } from "../_parts/fresh-panel";
import { KeyStatusBadge } from "../_parts/key-status";
import { MaskedKey } from "../_parts/masked-key";
import { DangerZone } from "./_parts/danger-zone";
import { EditKey } from "./_parts/edit-key";
import { KeyActions } from "./_parts/key-actions";
import { KeyClients } from "./_parts/key-clients";
import { KeyFigures } from "./_parts/key-figures";
import { KeyHistory } from "./_parts/key-history";
import { KeyLimitList } from "./_parts/key-limits";
import { KeyNotices } from "./_parts/key-notices";
import { SecretTable } from "./_parts/secret-table";

interface Props {
  params: Promise<{ keyId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const RECENT_CALLS = 5;

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
  const { verified, timeZone } = user.user;
  const now = new Date();
  const { range } = parseRange({}, timeZone, now);
  const filters = { keyId: view.id };
  const [t, usage, recent, clients, events, models, reminder] = await Promise.all([
    getTranslations("tokens"),
    summarizeUsage(user, { range, groupBy: "model", filters }),
    listCalls(user, { filters, limit: RECENT_CALLS }),
    listKeyClients(user, { keyId: view.id, since: range.from }),
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
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <Section
            className="grid-rows-[auto_minmax(0,1fr)]"
            title={t("key.usage")}
            action={
              <LinkButton size="sm" href={`/usage?key=${id}`}>
                {t("key.usageMore")}
              </LinkButton>
            }
          >
            <div className="h-full rounded-lg border bg-raised p-4">
              <SpendChart
                summary={usage}
                range={range}
                now={now}
                title={t("key.usage")}
                empty={t("key.usageNone")}
                height={140}
              />
            </div>
          </Section>
          <Section
            className="grid-rows-[auto_minmax(0,1fr)]"
            title={t("clients.title")}
            action={
              status === "active" || status === "rotating" ? (
                <LinkButton size="sm" href={`/setup?key=${id}`}>
                  {t("key.setup")}
                </LinkButton>
              ) : null
            }
          >
            <div className="h-full rounded-lg border bg-raised p-4">
              {clients.length > 0 ? (
                <KeyClients clients={clients} />
              ) : (
                <p className="text-ink-2">{t("clients.none")}</p>
              )}
            </div>
          </Section>
        </div>
        {recent.calls.length > 0 ? (
          <Section
            title={t("key.calls")}
            action={
              <LinkButton size="sm" href={`/logs?key=${id}`}>
                {t("key.callsMore")}
              </LinkButton>
            }
          >
            <CallsTable calls={recent.calls} brief ofOneKey />
          </Section>
        ) : null}
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
