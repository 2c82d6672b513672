import type { z } from "zod";
import type { LimitsInput } from "@/lib/keys/key-input";
import type { KeyLimits } from "@/lib/keys/types";

type Wanted = z.output<typeof LimitsInput>;

/** The limits after a change: what is absent stays, null takes the limit away. */
export function mergeLimits(before: KeyLimits, wanted: Wanted): KeyLimits {
  const pick = <T>(value: T | null | undefined, old: T | null): T | null =>
    value === undefined ? old : value;
  return {
    models: wanted.models === undefined ? before.models : (wanted.models ?? []),
    ipRanges: wanted.ipRanges === undefined ? before.ipRanges : (wanted.ipRanges ?? []),
    totalBudgetNano: pick(wanted.totalBudgetNano, before.totalBudgetNano),
    periodBudgetNano: pick(wanted.periodBudgetNano, before.periodBudgetNano),
    period: pick(wanted.period, before.period),
    requestsPerMinute: pick(wanted.requestsPerMinute, before.requestsPerMinute),
    tokensPerMinute: pick(wanted.tokensPerMinute, before.tokensPerMinute),
    maxParallel: pick(wanted.maxParallel, before.maxParallel),
    maxRequestNano: pick(wanted.maxRequestNano, before.maxRequestNano),
    expiresAt: pick(wanted.expiresAt, before.expiresAt),
  };
}

/** The limits alone, of a row that has more. */
export function limitsOf(row: KeyLimits): KeyLimits {
  return mergeLimits(row, {});
}

/** What a change changed, as the audit trail writes it. */
export function changedLimits(
  before: KeyLimits,
  after: KeyLimits,
): { before: Partial<KeyLimits>; after: Partial<KeyLimits> } {
  const names = (Object.keys(after) as (keyof KeyLimits)[]).filter(
    (name) => text(before[name]) !== text(after[name]),
  );
  const only = (limits: KeyLimits) => Object.fromEntries(names.map((name) => [name, limits[name]]));
  return { before: only(before), after: only(after) };
}

function text(value: KeyLimits[keyof KeyLimits]): string {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.join("\n") : String(value);
}
