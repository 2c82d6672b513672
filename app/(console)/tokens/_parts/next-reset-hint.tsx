"use client";

import { useNow, useTranslations } from "next-intl";
import { type BudgetSpan, nextReset } from "./next-reset";

const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

/** When a budget that is chosen now would start again. */
export function NextReset({ span }: { span: BudgetSpan }) {
  const t = useTranslations("tokens.field");
  const now = useNow({ updateInterval: 60_000 });
  return t("nextReset", { day: DAY.format(nextReset(span, now)) });
}
