import { text } from "@/lib/cli/text";
import type { KeyLimits } from "@/lib/keys/types";
import { usdExact } from "@/lib/money";

/** A key's limits in a few words, exactly: `$15/month, 60 rpm, 2 models`. */
export function describeLimits(limits: KeyLimits): string {
  const parts: string[] = [];
  if (limits.periodBudgetNano !== null && limits.period) {
    parts.push(text("limits.perPeriod", { usd: usdExact(limits.periodBudgetNano), period: limits.period }));
  }
  if (limits.totalBudgetNano !== null) {
    parts.push(text("limits.total", { usd: usdExact(limits.totalBudgetNano) }));
  }
  if (limits.maxRequestNano !== null) {
    parts.push(text("limits.perRequest", { usd: usdExact(limits.maxRequestNano) }));
  }
  const counts = [
    ["limits.rpm", limits.requestsPerMinute],
    ["limits.tpm", limits.tokensPerMinute],
    ["limits.parallel", limits.maxParallel],
  ] as const;
  for (const [key, count] of counts) if (count !== null) parts.push(text(key, { count: String(count) }));
  if (limits.models.length > 0) parts.push(text("limits.models", { count: limits.models.length }));
  if (limits.ipRanges.length > 0) parts.push(text("limits.ranges", { count: limits.ipRanges.length }));
  return parts.length > 0 ? parts.join(", ") : text("columns.none");
}
