"use client";

import { useLocale, useNow, useTimeZone, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { cn } from "@/components/ui/cn";
import { formatExact, formatRelative } from "./format-time";

const never = () => () => {};

/** A moment: relative under a day, else the date; exact, in the reader's own zone, on hover. */
export function RelativeTime({ at, className }: { at: Date | string; className?: string }) {
  const t = useTranslations("ui");
  const locale = useLocale();
  const serverZone = useTimeZone() ?? "UTC";
  const zone = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => serverZone,
  );
  const now = useNow({ updateInterval: 30_000 });
  const date = typeof at === "string" ? new Date(at) : at;
  const words = {
    justNow: t("justNow"),
    ago: (span: string) => t("ago", { span }),
    ahead: (span: string) => t("ahead", { span }),
  };
  return (
    <time
      dateTime={date.toISOString()}
      title={formatExact(date, zone, locale)}
      className={cn("whitespace-nowrap", className)}
    >
      {formatRelative(date, now, zone, locale, words)}
    </time>
  );
}
