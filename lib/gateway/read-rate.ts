import type { Call } from "@/lib/gateway/call";
import type { RateState } from "@/lib/ledger/types";

interface Row {
  rpm: number | null;
  tpm: number | null;
  requests: number;
  tokens: bigint;
  reset_ms: number;
}

const WINDOW_MS = 60_000;

/**
 * The state of a key's minute for the answers that reserve nothing (lists, a key's own facts, a body that cannot be
 * read), so that every answer to a limited key says what is left. Changes nothing; what cannot be read is left out.
 */
export async function readRate(call: Call): Promise<void> {
  if (call.rate || !call.key || call.gone) return;
  try {
    const { rows } = await call.services.pool.query<Row>({
      name: "read_rate",
      text: `SELECT k.requests_per_minute AS rpm, k.tokens_per_minute AS tpm,
          CASE WHEN w.open THEN m.window_requests ELSE 0 END AS requests,
          CASE WHEN w.open THEN m.window_tokens ELSE 0 END AS tokens,
          CASE WHEN w.open THEN ceil(extract(epoch FROM m.window_start + interval '60 seconds' - now()) * 1000)::int
            ELSE ${WINDOW_MS} END AS reset_ms
        FROM keys k JOIN key_meters m ON m.key_id = k.id,
          LATERAL (SELECT coalesce(now() < m.window_start + interval '60 seconds', false) AS open) w
        WHERE k.id = $1 AND (k.requests_per_minute IS NOT NULL OR k.tokens_per_minute IS NOT NULL)`,
      values: [call.key.keyId],
    });
    const [row] = rows;
    if (row) call.rate = stateOf(row);
  } catch {
    // An answer without these headers is better than none.
  }
}

function stateOf({ rpm, tpm, requests, tokens, reset_ms: resetMs }: Row): RateState {
  const used = Number(tokens);
  return {
    requestsLimit: rpm,
    requestsRemaining: rpm === null ? null : Math.max(0, rpm - requests),
    tokensLimit: tpm,
    tokensRemaining: tpm === null ? null : Math.max(0, tpm - used),
    resetMs,
  };
}
