import {
  USAGE_GROUPS,
  USAGE_MEASURES,
  type UsageGroupBy,
  type UsageMeasure,
} from "@/lib/usage/summarize-usage";

/** What the table has a line for: a kind of group, or a stretch of time. */
export const BYS = [...USAGE_GROUPS, "day"] as const;
export type By = (typeof BYS)[number];

export const readBy = (text: string | undefined): By => BYS.find((name) => name === text) ?? "model";
export const readMeasure = (text: string | undefined): UsageMeasure =>
  USAGE_MEASURES.find((name) => name === text) ?? "spend";
/** By time everything is one group; any will do. */
export const groupOf = (by: By): UsageGroupBy => (by === "day" ? "dialect" : by);
