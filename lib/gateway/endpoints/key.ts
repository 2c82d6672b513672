import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { GatewayError } from "@/lib/gateway/gateway-error";
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

/** GET /v1/key: the key's own limits and what is left of them; amounts as exact decimal USD. */
export async function keyEndpoint(call: Call): Promise<void> {
  const key = await authenticate(call);
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
  sendJson(call, 200, { object: "key", ...data, data });
}

function left(budget: bigint | null, used: bigint): bigint | null {
  if (budget === null) return null;
  return budget > used ? budget - used : 0n;
}
