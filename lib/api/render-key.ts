import { API_FIELDS } from "@/lib/api/field-names";
import type { KeyObject } from "@/lib/api/schemas/key-object";
import { text } from "@/lib/api/text";
import { type LimitWarning, limitWarnings } from "@/lib/keys/limit-warnings";
import type { KeyLimits, KeyView } from "@/lib/keys/types";
import { usdExact } from "@/lib/money";

/** A key as this API answers it: amounts as exact decimal text, times in ISO 8601, UTC. */
export function renderKey(key: KeyView): KeyObject {
  const { limits, meter } = key;
  const left = (budget: bigint | null, used: bigint) =>
    budget === null ? null : usdExact(budget > used ? budget - used : 0n);
  const inPeriod = (nano: bigint) => (limits.period === null ? null : usdExact(nano));
  return {
    object: "key",
    id: key.id,
    name: key.name,
    status: key.status,
    disabled: key.status !== "active" && key.status !== "rotating",
    models: limits.models,
    ip_ranges: limits.ipRanges,
    total_limit_usd: usd(limits.totalBudgetNano),
    total_spent_usd: usdExact(meter.totalSpentNano),
    total_held_usd: usdExact(meter.totalHeldNano),
    total_remaining_usd: left(limits.totalBudgetNano, meter.totalSpentNano + meter.totalHeldNano),
    period: limits.period,
    period_limit_usd: usd(limits.periodBudgetNano),
    period_spent_usd: inPeriod(meter.periodSpentNano),
    period_held_usd: inPeriod(meter.periodHeldNano),
    period_remaining_usd: left(limits.periodBudgetNano, meter.periodSpentNano + meter.periodHeldNano),
    period_ends_at: time(meter.periodEndsAt),
    requests_per_minute: limits.requestsPerMinute,
    tokens_per_minute: limits.tokensPerMinute,
    max_parallel_requests: limits.maxParallel,
    request_limit_usd: usd(limits.maxRequestNano),
    expires_at: time(limits.expiresAt),
    spent_today_usd: usdExact(key.spentTodayNano),
    spent_month_usd: usdExact(key.spentMonthNano),
    last_used_at: time(key.lastUsedAt),
    last_client: key.lastClient,
    secrets: key.secrets.map((secret) => ({
      id: secret.id,
      prefix: secret.prefix,
      last_four: secret.lastFour,
      created_at: secret.createdAt.toISOString(),
      ends_at: time(secret.endsAt),
    })),
    created_at: key.createdAt.toISOString(),
    updated_at: key.updatedAt.toISOString(),
    paused_at: time(key.pausedAt),
    revoked_at: time(key.revokedAt),
  };
}

/** What these limits may not do as meant, in words. */
export async function renderWarnings(limits: Pick<KeyLimits, "models" | "ipRanges">) {
  const warnings = await limitWarnings(limits);
  return warnings.map(({ field, value, kind }: LimitWarning) => ({
    field: API_FIELDS[field] ?? field,
    value,
    message: text(`warnings.${kind}`, { value }),
  }));
}

function usd(nano: bigint | null): string | null {
  return nano === null ? null : usdExact(nano);
}

function time(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
