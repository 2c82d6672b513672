import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/data/relative-time";
import type { KeyEvent } from "@/lib/keys/list-key-events";
import { EventText } from "./event-text";

/** Who changed this key, and what about it. */
export function KeyHistory({ events }: { events: KeyEvent[] }) {
  const t = useTranslations("tokens.event");
  return (
    <ol className="divide-y rounded-lg border bg-raised">
      {events.map((event) => (
        <li
          key={event.id}
          className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 px-4 py-2.5"
        >
          <div className="min-w-0 max-w-prose break-words">
            <EventText event={event} />
          </div>
          <span className="flex min-w-0 gap-3 text-ink-3 text-xs">
            <span className="min-w-0 truncate" title={event.actor}>
              {actorText(event.actor, t)}
            </span>
            <RelativeTime at={event.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function actorText(actor: string, t: ReturnType<typeof useTranslations<"tokens.event">>): string {
  if (actor === "cli") return t("commandLine");
  if (actor.startsWith("system:")) return t("ourselves");
  if (actor.startsWith("management:")) return t("program");
  return actor;
}
