import pg from "pg";
import { foldDays } from "@/lib/usage/fold-days";
import { noteOwnZones, noteZone } from "@/lib/usage/note-zones";

/** How much to make. One workspace has a tenth of all calls, the others share the rest. */
export interface Seed {
  calls: number;
  workspaces: number;
  keys: number;
  /** Spread over so many days up to now. */
  days: number;
  /** Zones in which the large workspace is looked at, besides UTC. */
  zones: string[];
  now: Date;
}

export interface Seeded {
  /** The one with a tenth of all calls. */
  workspaceId: string;
  /** One of the others. */
  otherId: string;
  tookMs: number;
}

const DAY_MS = 86_400_000;

/**
 * Fills an empty database with calls that look random and are the same every time: keys, models, programs and
 * outcomes unevenly used, latencies and costs with long tails. In SQL alone, a day of calls in one statement.
 */
export async function seedCalls(ownerUrl: string, seed: Seed): Promise<Seeded> {
  const startedMs = performance.now();
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  try {
    await owner.query("SET synchronous_commit = off");
    await owner.query("SET work_mem = '256MB'");
    await makeTenants(owner, seed);
    const first = new Date(seed.now.getTime() - seed.days * DAY_MS);
    await owner.query("SELECT ledger.make_partitions($1::date, $2)", [
      first.toISOString(),
      Math.ceil(seed.days / 28) + 2,
    ]);
    const perDay = Math.ceil(seed.calls / seed.days);
    for (let day = 0; day < seed.days; day++) {
      const from = day * perDay;
      const count = Math.min(perDay, seed.calls - from);
      const start = new Date(first.getTime() + day * DAY_MS);
      if (count > 0)
        await owner.query(DAY_OF_CALLS, [from, count, start, seed.workspaces, seed.keys / seed.workspaces]);
    }
    await sumUp(owner, first, seed);
    await owner.query("VACUUM (ANALYZE) usage.calls");
    await owner.query("VACUUM (ANALYZE) usage_rollups");
    const workspaceId = "ws_0";
    for (const zone of seed.zones) await noteZone({ workspaceId }, zone);
    await noteOwnZones();
    await foldDays(seed.now);
    await owner.query("VACUUM (ANALYZE) usage_days");
    return { workspaceId, otherId: "ws_7", tookMs: performance.now() - startedMs };
  } finally {
    await owner.end();
  }
}

async function makeTenants(owner: pg.Client, { workspaces, keys }: Seed): Promise<void> {
  await owner.query(
    "INSERT INTO workspaces (id, name, updated_at) SELECT 'ws_' || i, 'Workspace ' || i, now() FROM generate_series(0, $1::int - 1) i",
    [workspaces],
  );
  await owner.query("SELECT ledger.open_wallet(id) FROM workspaces");
  await owner.query(
    `INSERT INTO keys (id, workspace_id, name, updated_at)
     SELECT 'key_' || i % $2 || '_' || i / $2, 'ws_' || i % $2, 'Key ' || i / $2, now() FROM generate_series(0, $1::int - 1) i`,
    [keys, workspaces],
  );
}

/** The rollups, from the rows, as a settle would have written them one by one. */
async function sumUp(owner: pg.Client, first: Date, { days }: Seed): Promise<void> {
  for (let day = 0; day <= days; day += 5) {
    const at = (offset: number) =>
      new Date(Math.floor((first.getTime() + offset * DAY_MS) / DAY_MS) * DAY_MS);
    await owner.query("INSERT INTO usage_rollups SELECT * FROM usage.sum_calls(NULL, $1, $2) ORDER BY 1, 2", [
      at(day),
      at(day + 5),
    ]);
  }
}

/** `$1` first number, `$2` how many, `$3` the day's first instant, `$4` workspaces, `$5` keys of each. */
const DAY_OF_CALLS = `
  INSERT INTO usage.calls (request_id, hold_id, workspace_id, key_id, model_id, connection_id, route_id, price_id, dialect, client,
    streamed, outcome, http_status, error_code, finish_reason, input_tokens, cached_tokens, cache_write_5m_tokens,
    cache_write_1h_tokens, output_tokens, reasoning_tokens, audio_input_tokens, audio_output_tokens, image_tokens, measured,
    clamped_tokens, cost_nano, loss_nano, reserved_nano, upstream_cost_nano, queued_ms, first_byte_ms, total_ms, request_bytes,
    fallbacks, started_at, created_at)
  SELECT 'req_' || lpad(to_hex(h), 16, '0') || to_hex(n), 'hold_' || n, 'ws_' || ws, 'key_' || ws || '_' || (r1 * r1 * $5)::int % $5::int,
    (ARRAY['openai/gpt-5', 'anthropic/claude-sonnet-4.5', 'google/gemini-2.5-pro', 'mistral/mistral-large', 'deepseek/deepseek-chat',
      'openai/gpt-5-mini', 'meta/llama-4', 'qwen/qwen3-max', 'sandbox/echo', 'rare/model'])[1 + (9.99 * r2 * r2 * CASE WHEN n % 997 = 0 THEN 1 ELSE 0.9 END)::int % 10],
    'con_' || (h & 1), 'rt_' || (h & 3), 'price_1',
    CASE WHEN c = 2 THEN 'messages' WHEN c = 1 THEN 'responses' ELSE 'chat' END,
    (ARRAY['lobechat', 'codex-cli', 'claude-code', 'open-webui', 'openai-sdk', 'cursor'])[1 + c],
    n % 3 > 0,
    CASE WHEN bad < 920 THEN 'ok' WHEN bad < 940 THEN 'cancelled' WHEN bad < 960 THEN 'refused' WHEN bad < 990 THEN 'upstream_error' ELSE 'cut' END,
    CASE WHEN bad < 940 OR bad >= 990 THEN 200 WHEN bad < 960 THEN 429 ELSE 503 END,
    CASE WHEN bad >= 940 AND bad < 960 THEN 'rate_limit_exceeded' WHEN bad >= 960 AND bad < 990 THEN 'upstream_unavailable' END, 'stop',
    (2000 * r3 * r3 * r3 * 10)::bigint, (4000 * r1 * r3)::bigint, (n % 50)::bigint, 0, (1500 * r2 * r3 * 2)::bigint, (n % 7) * (r1 * 100)::bigint, 0, 0, 0,
    n % 20 > 0, NULL, (1e6 * exp(8 * r3 - 3))::bigint, 0, (3e6 * exp(8 * r3 - 3))::bigint, 0, (r2 * 5)::int,
    CASE WHEN bad < 940 OR bad >= 990 THEN (120 * exp(3 * r1))::int END, (300 * exp(5 * r1 * r2))::int + (120 * exp(3 * r1))::int, 1000 + (r1 * 90000)::int, 0,
    at - interval '2 seconds', at
  FROM (
    SELECT n, h, at, CASE WHEN n % 10 = 0 THEN 0 ELSE 1 + ((h >> 40) & 1048575) % ($4::int - 1) END AS ws,
      ((h >> 3) & 65535) / 65536.0::float8 AS r1, ((h >> 19) & 65535) / 65536.0::float8 AS r2, ((h >> 35) & 65535) / 65536.0::float8 AS r3,
      (abs(h) % 1000) AS bad, ((h >> 7) & 1023) % 6 AS c
    FROM (
      SELECT n, hashint8extended(n, 42) AS h, $3::timestamptz + (n - $1::bigint + 0.5) / $2::bigint * interval '1 day' AS at
      FROM generate_series($1::bigint, $1::bigint + $2::bigint - 1) n) x) y`;
