import { getTranslations } from "next-intl/server";
import { RelativeTime } from "@/components/data/relative-time";
import { Badge } from "@/components/ui/badge";
import type { SentEvent } from "@/lib/billing/views/read-alerts";

/** What the customer's own address was last sent, and whether it was taken. */
export async function SentEvents({ events }: { events: SentEvent[] }) {
  if (events.length === 0) return null;
  const t = await getTranslations("credits.alerts");
  return (
    <div className="grid gap-2 border-t pt-4">
      <h3 className="font-medium">{t("events")}</h3>
      <ul className="grid gap-2">
        {events.map((event) => (
          <li key={event.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
            <code className="num text-xs">{event.type}</code>
            <RelativeTime at={event.createdAt} className="text-ink-2" />
            {event.deliveredAt ? (
              <Badge tone="good">{t("delivered")}</Badge>
            ) : event.nextAttemptAt ? (
              <Badge tone="soon">{t(event.attempts === 0 ? "queued" : "trying")}</Badge>
            ) : (
              <Badge tone="bad">{t("givenUp")}</Badge>
            )}
            {event.lastError ? (
              <span className="break-words text-ink-3 text-xs">
                {t("attempt", { count: event.attempts, error: event.lastError })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
