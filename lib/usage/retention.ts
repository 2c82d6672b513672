import { z } from "zod";
import { db } from "@/lib/db";

/** Where the operator's choice lives: `settings`, one row. */
export const RETENTION_SETTING = "usage.retention_months";
/** A year to compare with, and the month that is running. */
export const DEFAULT_RETENTION_MONTHS = 13;

/** How many whole months of calls are kept besides the one that runs; null keeps all. Rollups stay for ever. */
export const RetentionSchema = z.number().int().min(1).max(120).nullable();

/** What the operator chose, or the default. A value that is none counts as the default. */
export async function readRetentionMonths(): Promise<number | null> {
  const row = await db().setting.findUnique({ where: { name: RETENTION_SETTING } });
  if (!row) return DEFAULT_RETENTION_MONTHS;
  const parsed = z.object({ months: RetentionSchema }).safeParse(row.value);
  return parsed.success ? parsed.data.months : DEFAULT_RETENTION_MONTHS;
}
