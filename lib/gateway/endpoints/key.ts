import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { readRate } from "@/lib/gateway/read-rate";
import { sendJson } from "@/lib/gateway/respond";
import { usdExact } from "@/lib/money";

interface Row {
  total_budget_nano: bigint | null;
  period_budget_nano: bigint | null;
  period: string | null;
  requests_per_minute: number | null;
  tokens_per_minute: number | null;
  max_parallel: number | null;
  max_request_nano: bigint | null;
  total_spent_nano: bigint;
  total_reserved_nano: bigint;
  period_spent_nano: bigint;
  period_reserved_nano: bigint;
  period_ends_at: Date | null;
}

interface Spent {
  day_nano: bigint;
  week_nano: bigint;
  month_nano: bigint;
}

/** From the sums that every settle keeps, to the unit: days, weeks from Monday and months of UTC. */
const SPENT = `SELECT coalesce(sum(cost_nano) FILTER (WHERE bucket >= date_trunc('day', now(), 'UTC')), 0)::bigint AS day_nano,
    coalesce(sum(cost_nano) FILTER (WHERE bucket >= date_trunc('week', now(), 'UTC')), 0)::bigint AS week_nano,
    coalesce(sum(cost_nano) FILTER (WHERE bucket >= date_trunc('month', now(), 'UTC')), 0)::bigint AS month_nano
  FROM usage_rollups WHERE workspace_id = $1 AND key_id = $2
    AND bucket >= least(date_trunc('week', now(), 'UTC'), date_trunc('month', now(), 'UTC'))`;

/** The periods of budgets in OpenRouter's words. */
const RESET: Readonly<Record<string, string>> = { day: "daily", week: "weekly", month: "monthly" };

/**
 * GET /v1/key: the key's own limits and what is left of them; amounts as exact decimal USD. Beside them OpenRouter's
 * fields, amounts as numbers (API reference, "Get current API key").
 */
export async function keyEndpoint(call: Call): Promise<void> {
  const key = await authenticate(call);
  await readRate(call);
  const { rows } = await call.services.pool.query<Row>(
    `SELECT k.total_budget_nano, k.period_budget_nano, k.period::text AS period, k.requests_per_minute, k.tokens_per_minute,
        k.max_parallel, k.max_request_nano, m.total_spent_nano, m.total_reserved_nano,
        CASE WHEN m.period_start = ledger.period_start(k.period, now()) THEN m.period_spent_nano ELSE 0 END AS period_spent_nano,
        CASE WHEN m.period_start = ledger.period_start(k.period, now()) THEN m.period_reserved_nano ELSE 0 END AS period_reserved_nano,
        ledger.period_end(k.period, now()) AS period_ends_at
      FROM keys k JOIN key_meters m ON m.key_id = k.id WHERE k.id = $1`,
    [key.keyId],
  );
  const [row] = rows;
  const spent = await call.services.pool.query<Spent>(SPENT, [key.workspaceId, key.keyId]);
  if (!row) throw new GatewayError("invalid_api_key");
  const totalLeft = left(row.total_budget_nano, row.total_spent_nano + row.total_reserved_nano);
  const periodLeft = left(row.period_budget_nano, row.period_spent_nano + row.period_reserved_nano);
  const usd = (nano: bigint | null) => (nano === null ? null : usdExact(nano));
  const data = {
    id: key.keyId,
    label: key.name,
    usage_usd: usdExact(row.total_spent_nano),
    total_limit_usd: usd(row.total_budget_nano),
    total_remaining_usd: usd(totalLeft),
    period: row.period,
    period_limit_usd: usd(row.period_budget_nano),
    period_usage_usd: row.period === null ? null : usdExact(row.period_spent_nano),
    period_remaining_usd: usd(periodLeft),
    period_ends_at: row.period_ends_at?.toISOString() ?? null,
    request_limit_usd: usd(row.max_request_nano),
    requests_per_minute: row.requests_per_minute,
    tokens_per_minute: row.tokens_per_minute,
    max_parallel_requests: row.max_parallel,
    models: key.models ? [...key.models] : null,
    ip_ranges: key.ipRanges,
    expires_at: key.expiresAtMs === null ? null : new Date(key.expiresAtMs).toISOString(),
    secret_ends_at: key.secretEndsAtMs === null ? null : new Date(key.secretEndsAtMs).toISOString(),
  };
  const all = { ...data, ...openRouterFields(row, totalLeft, periodLeft, spent.rows[0]) };
  sendJson(call, 200, { object: "key", ...all, data: all });
}

/** One limit is all that it knows: the one that ends calls first. */
function openRouterFields(
  row: Row,
  totalLeft: bigint | null,
  periodLeft: bigint | null,
  spent: Spent | undefined,
): Record<string, unknown> {
  const number = (nano: bigint | null) => (nano === null ? null : Number(usdExact(nano)));
  const byPeriod = periodLeft !== null && (totalLeft === null || periodLeft <= totalLeft);
  return {
    limit: number(byPeriod ? row.period_budget_nano : row.total_budget_nano),
    limit_remaining: number(byPeriod ? periodLeft : totalLeft),
    limit_reset: byPeriod ? (RESET[row.period ?? ""] ?? null) : null,
    usage: number(row.total_spent_nano),
    usage_daily: number(spent?.day_nano ?? 0n),
    usage_weekly: number(spent?.week_nano ?? 0n),
    usage_monthly: number(spent?.month_nano ?? 0n),
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    include_byok_in_limit: false,
    is_free_tier: false,
    is_management_key: false,
    is_provisioning_key: false,
    creator_user_id: null,
    rate_limit: { requests: row.requests_per_minute ?? -1, interval: "60s" },
  };
}

function left(budget: bigint | null, used: bigint): bigint | null {
  if (budget === null) return null;
  return budget > used ? budget - used : 0n;
}
