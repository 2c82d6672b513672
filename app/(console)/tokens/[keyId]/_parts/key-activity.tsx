import { getTranslations } from "next-intl/server";
import { Section } from "@/components/data/section";
import { LinkButton } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { SignedIn } from "@/lib/auth/session";
import { listKeyClients } from "@/lib/keys/list-key-clients";
import type { KeyView } from "@/lib/keys/types";
import { listCalls } from "@/lib/usage/list-calls";
import { parseRange } from "@/lib/usage/parse-range";
import { summarizeUsage } from "@/lib/usage/summarize-usage";
import { CallsTable } from "../../../_calls/calls-table";
import { SpendChart } from "../../../_calls/spend-chart";
import { KeyClients } from "./key-clients";

const RECENT_CALLS = 5;
const SIDE_BY_SIDE =
  "grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-8 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]";

/** What was done with a key in the last 30 days: what it spent on, which programs called, and the newest calls. */
export async function KeyActivity({ user, view, now }: { user: SignedIn; view: KeyView; now: Date }) {
  const { id, status } = view;
  const { range } = parseRange({}, user.user.timeZone, now);
  const filters = { keyId: id };
  const [t, usage, recent, clients] = await Promise.all([
    getTranslations("tokens"),
    summarizeUsage(user, { range, groupBy: "model", filters }),
    listCalls(user, { filters, limit: RECENT_CALLS }),
    listKeyClients(user, { keyId: id, since: range.from }),
  ]);
  return (
    <>
      <div className={SIDE_BY_SIDE}>
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
    </>
  );
}

export function ActivitySkeleton() {
  return (
    <div aria-hidden="true" className={SIDE_BY_SIDE}>
      <Skeleton className="h-64" />
      <Skeleton className="h-64" />
    </div>
  );
}
