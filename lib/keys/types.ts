import type { BudgetPeriod } from "@/prisma/generated/client";

/** In the order in which they win: a revoked key that has also expired is revoked. */
export const KEY_STATUSES = ["revoked", "expired", "paused", "rotating", "active"] as const;
export type KeyStatus = (typeof KEY_STATUSES)[number];

export const KEY_SORTS = ["newest", "name", "used"] as const;
export type KeySort = (typeof KEY_SORTS)[number];

/** What a key may do at most; null or an empty list where there is no such limit. Amounts in nano-USD. */
export interface KeyLimits {
  models: string[];
  ipRanges: string[];
  totalBudgetNano: bigint | null;
  periodBudgetNano: bigint | null;
  period: BudgetPeriod | null;
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
  maxParallel: number | null;
  maxRequestNano: bigint | null;
  expiresAt: Date | null;
}

/** A secret as it may be shown: never more than its prefix and last four characters. */
export interface SecretView {
  id: string;
  prefix: string;
  lastFour: string;
  createdAt: Date;
  /** Null for the current one. */
  endsAt: Date | null;
  living: boolean;
}

/** What the budgets have used. Spent and held amounts in nano-USD; the period is the current one, in UTC. */
export interface KeyMeterView {
  totalSpentNano: bigint;
  totalHeldNano: bigint;
  periodSpentNano: bigint;
  periodHeldNano: bigint;
  /** When the period's budget starts again; null without one. */
  periodEndsAt: Date | null;
}

/** A key as lists and its own page show it. */
export interface KeyView {
  id: string;
  name: string;
  status: KeyStatus;
  limits: KeyLimits;
  meter: KeyMeterView;
  /** Newest first: those that work; the newest one alone when none does. */
  secrets: SecretView[];
  spentTodayNano: bigint;
  spentMonthNano: bigint;
  lastUsedAt: Date | null;
  lastClient: string | null;
  createdAt: Date;
  updatedAt: Date;
  pausedAt: Date | null;
  revokedAt: Date | null;
}
