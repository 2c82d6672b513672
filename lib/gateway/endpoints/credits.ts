import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { readRate } from "@/lib/gateway/read-rate";
import { sendJson } from "@/lib/gateway/respond";
import { usdExact } from "@/lib/money";

interface Row {
  balance_nano: bigint;
  reserved_nano: bigint;
  debt_nano: bigint;
  frozen: boolean;
  credited_nano: bigint;
}

/**
 * GET /v1/credits: the balance behind this key, amounts as exact decimal USD; `total_credits` and `total_usage`, as
 * numbers, are OpenRouter's fields (API reference, "Get remaining credits").
 */
export async function creditsEndpoint(call: Call): Promise<void> {
  const key = await authenticate(call);
  await readRate(call);
  const { rows } = await call.services.pool.query<Row>(
    `SELECT w.balance_nano, w.reserved_nano, w.debt_nano, w.frozen_at IS NOT NULL AS frozen,
        (SELECT coalesce(sum(l.amount_nano), 0)::bigint FROM lots l WHERE l.workspace_id = w.workspace_id) AS credited_nano
      FROM wallets w WHERE w.workspace_id = $1`,
    [key.workspaceId],
  );
  const [row] = rows;
  if (!row) throw new GatewayError("invalid_api_key");
  const data = {
    balance_usd: usdExact(row.balance_nano),
    reserved_usd: usdExact(row.reserved_nano),
    available_usd: usdExact(row.balance_nano - row.reserved_nano),
    debt_usd: usdExact(row.debt_nano),
    frozen: row.frozen,
    total_credits_usd: usdExact(row.credited_nano),
    total_usage_usd: usdExact(row.credited_nano - row.balance_nano),
    total_credits: Number(usdExact(row.credited_nano)),
    total_usage: Number(usdExact(row.credited_nano - row.balance_nano)),
    top_up_url: `${call.services.publicUrl}/credits`,
  };
  sendJson(call, 200, { object: "credits", ...data, data });
}
