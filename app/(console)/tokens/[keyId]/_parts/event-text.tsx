import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/data/relative-time";
import type { KeyEvent } from "@/lib/keys/list-key-events";

/** One change in a sentence. What this version does not know is named as it is. */
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
      return t("update", { what: changed(after, t) });
    case "key.rotate":
      if (!(Number(after.overlapSeconds) > 0) || typeof after.oldEndsAt !== "string") return t("rotateNow");
      return t.rich("rotate", { at: () => <RelativeTime at={String(after.oldEndsAt)} /> });
    case "key.end_overlap":
      return t("end_overlap", { lastFour: String(record(record(event.before).secret).lastFour ?? "") });
    default:
      return t("other", { action: event.action });
  }
}

function changed(
  after: Record<string, unknown>,
  t: ReturnType<typeof useTranslations<"tokens.event">>,
): string {
  const names = Object.keys(after).map((name) => {
    const key = `fields.${name}` as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : name;
  });
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
