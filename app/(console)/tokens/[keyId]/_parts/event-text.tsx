import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/data/relative-time";
import type { KeyEvent } from "@/lib/keys/list-key-events";
import { fieldChanges, record } from "./event-changes";

/** One change in a sentence, and for a change of limits what each was and is. What this version does not know is named as it is. */
export function EventText({ event }: { event: KeyEvent }) {
  const t = useTranslations("tokens.event");
  const after = record(event.after);
  switch (event.action) {
    case "key.create":
      return t("create");
    case "key.pause":
      return t("pause");
    case "key.resume":
      return t("resume");
    case "key.revoke":
      return t("revoke");
    case "key.update":
      return (
        <>
          {t("update")}
          <Changes event={event} />
        </>
      );
    case "key.rotate": {
      const why =
        after.leaked === true ? ` ${t("rotateLeaked")}` : after.all === true ? ` ${t("rotateAll")}` : "";
      if (!(Number(after.overlapSeconds) > 0) || typeof after.oldEndsAt !== "string") {
        return t("rotateNow") + why;
      }
      return (
        <>
          {t.rich("rotate", { at: () => <RelativeTime at={String(after.oldEndsAt)} /> })}
          {why}
        </>
      );
    }
    case "key.end_overlap":
      return t("end_overlap", { lastFour: String(record(record(event.before).secret).lastFour ?? "") });
    case "key.leak":
      return <Leak event={event} />;
    default:
      return t("other", { action: event.action });
  }
}

/** Where a secret was found, as text: what strangers report is never a link. */
function Leak({ event }: { event: KeyEvent }) {
  const t = useTranslations("tokens.event");
  const { via, url, revokedAt } = record(event.after);
  const lastFour = String(record(record(event.before).secret).lastFour ?? "");
  return (
    <>
      {t(via === "github" ? "leakGithub" : "leak", { lastFour })}{" "}
      {t(revokedAt ? "leakEndedKey" : "leakEndedSecret")}
      {typeof url === "string" ? (
        <span className="mt-1 block break-all text-ink-2 text-xs">{url}</span>
      ) : null}
    </>
  );
}

function Changes({ event }: { event: KeyEvent }) {
  const t = useTranslations("tokens.event");
  const changes = fieldChanges(event.before, event.after);
  const nameOf = (field: string) => {
    const key = `fields.${field}` as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : field;
  };
  return (
    <ul className="mt-1 grid gap-0.5 text-xs">
      {changes.map(({ field, from, to }) => (
        <li key={field} className="flex flex-wrap gap-x-2 text-ink-2">
          <span className="text-ink-3">{nameOf(field)}</span>
          <span className="min-w-0 wrap-anywhere">
            <span className="sr-only">{t("from")}</span> {from ?? t("none")}{" "}
            <span aria-hidden="true" className="text-ink-3">
              →
            </span>{" "}
            <span className="sr-only">{t("to")}</span> <span className="text-ink">{to ?? t("none")}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
