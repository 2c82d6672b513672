-- Latencies and speeds in the rollups, days of any zone, how routes do, prompts that a workspace wants kept.

-- Lower bounds in milliseconds of the buckets 1 to 76, four to the octave; bucket 0 is below the first.
-- lib/usage/latency-histogram.ts reads what is written here.
CREATE FUNCTION usage.latency_bounds() RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ARRAY[1,2,3,4,5,6,7,8,10,12,14,16,20,23,27,32,39,46,54,64,77,91,108,128,153,182,216,256,305,363,431,512,609,725,862,1024,1218,1449,1723,2048,2436,2897,3445,4096,4871,5793,6889,8192,9742,11586,13778,16384,19484,23171,27555,32768,38968,46341,55109,65536,77936,92682,110218,131072,155872,185364,220436,262144,311744,370728,440872,524288,623488,741456,881744,1048576] $$;

-- A histogram is one number, so that a sum of calls is a sum: bucket b counts in units of 10^(12 b).
CREATE FUNCTION usage.latency(p_ms integer) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ('{1e0,1e12,1e24,1e36,1e48,1e60,1e72,1e84,1e96,1e108,1e120,1e132,1e144,1e156,1e168,1e180,1e192,1e204,1e216,1e228,1e240,1e252,1e264,1e276,1e288,1e300,1e312,1e324,1e336,1e348,1e360,1e372,1e384,1e396,1e408,1e420,1e432,1e444,1e456,1e468,1e480,1e492,1e504,1e516,1e528,1e540,1e552,1e564,1e576,1e588,1e600,1e612,1e624,1e636,1e648,1e660,1e672,1e684,1e696,1e708,1e720,1e732,1e744,1e756,1e768,1e780,1e792,1e804,1e816,1e828,1e840,1e852,1e864,1e876,1e888,1e900,1e912}'::numeric[])[width_bucket(p_ms, '{1,2,3,4,5,6,7,8,10,12,14,16,20,23,27,32,39,46,54,64,77,91,108,128,153,182,216,256,305,363,431,512,609,725,862,1024,1218,1449,1723,2048,2436,2897,3445,4096,4871,5793,6889,8192,9742,11586,13778,16384,19484,23171,27555,32768,38968,46341,55109,65536,77936,92682,110218,131072,155872,185364,220436,262144,311744,370728,440872,524288,623488,741456,881744,1048576}'::integer[]) + 1] $$;

-- What counts for tokens per second: streamed answers, from their first byte to their end.
CREATE FUNCTION usage.timed_tokens(p_streamed boolean, p_first integer, p_total integer, p_tokens bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN p_streamed AND p_total > p_first THEN p_tokens ELSE 0 END $$;
CREATE FUNCTION usage.timed_ms(p_streamed boolean, p_first integer, p_total integer, p_tokens bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN p_streamed AND p_total > p_first AND p_tokens > 0 THEN p_total - p_first ELSE 0 END $$;

ALTER TABLE usage.calls
  -- What the caller named, where it is not the model's id: an unknown id (model_id is then '(unknown)'), an alias.
  ADD COLUMN asked_model text,
  -- The program's own words for itself.
  ADD COLUMN client_title text,
  -- Routes that were tried before: [{route, connection, kind, status, ms}].
  ADD COLUMN attempts jsonb;
-- Rows come in the order of time, so this costs nothing to keep; the newest are looked at every minute.
CREATE INDEX calls_by_time ON usage.calls USING brin (created_at) WITH (pages_per_range = 32, autosummarize = on);

ALTER TABLE usage_rollups
  ADD COLUMN cache_write_tokens bigint NOT NULL DEFAULT 0,
  ADD COLUMN timed_tokens bigint NOT NULL DEFAULT 0,
  ADD COLUMN timed_ms bigint NOT NULL DEFAULT 0,
  ADD COLUMN max_cost_nano bigint NOT NULL DEFAULT 0,
  ADD COLUMN max_total_ms integer NOT NULL DEFAULT 0,
  ADD COLUMN first_byte_hist numeric(1000, 0) NOT NULL DEFAULT 0,
  ADD COLUMN total_hist numeric(1000, 0) NOT NULL DEFAULT 0;

CREATE TABLE usage_days (
  workspace_id text NOT NULL,
  zone text NOT NULL,
  day_start timestamptz(0) NOT NULL,
  key_id text NOT NULL,
  model_id text NOT NULL,
  client text NOT NULL,
  dialect text NOT NULL,
  outcome text NOT NULL,
  calls bigint NOT NULL,
  input_tokens bigint NOT NULL,
  cached_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  reasoning_tokens bigint NOT NULL,
  cost_nano bigint NOT NULL,
  first_byte_ms_sum bigint NOT NULL,
  total_ms_sum bigint NOT NULL,
  cache_write_tokens bigint NOT NULL,
  timed_tokens bigint NOT NULL,
  timed_ms bigint NOT NULL,
  max_cost_nano bigint NOT NULL,
  max_total_ms integer NOT NULL,
  first_byte_hist numeric(1000, 0) NOT NULL,
  total_hist numeric(1000, 0) NOT NULL,
  CONSTRAINT usage_days_pkey PRIMARY KEY (workspace_id, zone, day_start, key_id, model_id, client, dialect, outcome)
);

CREATE TABLE usage_zones (
  workspace_id text NOT NULL,
  zone text NOT NULL,
  folded_to timestamptz(0),
  asked_at timestamptz(0) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT usage_zones_pkey PRIMARY KEY (workspace_id, zone)
);

CREATE TABLE usage_health (
  bucket timestamptz(0) NOT NULL,
  model_id text NOT NULL,
  route_id text NOT NULL,
  connection_id text NOT NULL,
  calls bigint NOT NULL,
  failed bigint NOT NULL,
  timed_tokens bigint NOT NULL,
  timed_ms bigint NOT NULL,
  first_byte_hist numeric(1000, 0) NOT NULL,
  CONSTRAINT usage_health_pkey PRIMARY KEY (bucket, model_id, route_id)
);

CREATE TABLE prompt_settings (
  workspace_id text NOT NULL,
  retention_days integer NOT NULL CHECK (retention_days BETWEEN 1 AND 365),
  updated_at timestamptz(3) NOT NULL,
  CONSTRAINT prompt_settings_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE prompt_logs (
  workspace_id text NOT NULL,
  request_id text NOT NULL,
  request_cipher bytea NOT NULL,
  response_cipher bytea,
  shortened boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT prompt_logs_pkey PRIMARY KEY (workspace_id, request_id)
);
CREATE INDEX prompt_logs_expires_at_idx ON prompt_logs (expires_at);

-- What the rollups of a stretch of whole quarter hours must say, from the rows themselves. Null: every workspace's.
CREATE FUNCTION usage.sum_calls(p_workspace text, p_from timestamptz, p_to timestamptz) RETURNS SETOF usage_rollups
  LANGUAGE sql STABLE AS $$
  SELECT workspace_id, date_bin('15 minutes', created_at, 'epoch'), key_id, model_id, client, dialect, outcome, count(*),
    sum(input_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens + image_tokens)::bigint,
    sum(cached_tokens)::bigint, sum(output_tokens + audio_output_tokens)::bigint, sum(reasoning_tokens)::bigint, sum(cost_nano)::bigint,
    sum(coalesce(first_byte_ms, 0))::bigint, sum(total_ms)::bigint, sum(cache_write_5m_tokens + cache_write_1h_tokens)::bigint,
    sum(usage.timed_tokens(streamed, first_byte_ms, total_ms, output_tokens + reasoning_tokens + audio_output_tokens))::bigint,
    sum(usage.timed_ms(streamed, first_byte_ms, total_ms, output_tokens + reasoning_tokens + audio_output_tokens))::bigint,
    max(cost_nano), max(total_ms), coalesce(sum(usage.latency(first_byte_ms)), 0), sum(usage.latency(total_ms))
  FROM usage.calls c
  WHERE c.created_at >= p_from AND c.created_at < p_to AND (p_workspace IS NULL OR c.workspace_id = p_workspace)
  GROUP BY 1, 2, 3, 4, 5, 6, 7
$$;

-- Rollups that are there already get their histograms from their rows.
UPDATE usage_rollups u SET cache_write_tokens = s.cache_write_tokens, timed_tokens = s.timed_tokens, timed_ms = s.timed_ms,
    max_cost_nano = s.max_cost_nano, max_total_ms = s.max_total_ms, first_byte_hist = s.first_byte_hist, total_hist = s.total_hist
  FROM usage.sum_calls(NULL, '-infinity', 'infinity') s
  WHERE (u.workspace_id, u.bucket, u.key_id, u.model_id, u.client, u.dialect, u.outcome)
    = (s.workspace_id, s.bucket, s.key_id, s.model_id, s.client, s.dialect, s.outcome) AND u.calls = s.calls;

-- Removes a call's row and takes it out of the rollups again: a settle that came after the reaper replaces it.
CREATE OR REPLACE FUNCTION ledger.unrecord(p_workspace text, p_hold text, p_request text) RETURNS void LANGUAGE sql AS $$
  WITH gone AS (
    DELETE FROM usage.calls c WHERE c.request_id = p_request AND c.hold_id = p_hold AND c.workspace_id = p_workspace RETURNING *
  ), share AS (
    SELECT g.*, g.input_tokens + g.cache_write_5m_tokens + g.cache_write_1h_tokens + g.audio_input_tokens + g.image_tokens AS all_input,
      g.cache_write_5m_tokens + g.cache_write_1h_tokens AS cache_writes, g.output_tokens + g.audio_output_tokens AS all_output,
      coalesce(g.first_byte_ms, 0) AS first_byte,
      usage.timed_tokens(g.streamed, g.first_byte_ms, g.total_ms, g.output_tokens + g.reasoning_tokens + g.audio_output_tokens) AS timed_tokens,
      usage.timed_ms(g.streamed, g.first_byte_ms, g.total_ms, g.output_tokens + g.reasoning_tokens + g.audio_output_tokens) AS timed_ms,
      coalesce(usage.latency(g.first_byte_ms), 0) AS first_byte_hist, usage.latency(g.total_ms) AS total_hist
    FROM gone g
  ), days AS (
    UPDATE usage_days u SET
        calls = u.calls - 1, input_tokens = u.input_tokens - s.all_input, cached_tokens = u.cached_tokens - s.cached_tokens,
        output_tokens = u.output_tokens - s.all_output, reasoning_tokens = u.reasoning_tokens - s.reasoning_tokens,
        cost_nano = u.cost_nano - s.cost_nano, first_byte_ms_sum = u.first_byte_ms_sum - s.first_byte,
        total_ms_sum = u.total_ms_sum - s.total_ms, cache_write_tokens = u.cache_write_tokens - s.cache_writes,
        timed_tokens = u.timed_tokens - s.timed_tokens, timed_ms = u.timed_ms - s.timed_ms,
        first_byte_hist = u.first_byte_hist - s.first_byte_hist, total_hist = u.total_hist - s.total_hist
      FROM share s JOIN usage_zones z ON z.workspace_id = s.workspace_id AND z.folded_to > s.created_at
      WHERE u.workspace_id = s.workspace_id AND u.zone = z.zone
        AND u.day_start = (SELECT max(d.day_start) FROM usage_days d
          WHERE d.workspace_id = s.workspace_id AND d.zone = z.zone AND d.day_start <= s.created_at)
        AND u.key_id = s.key_id AND u.model_id = s.model_id AND u.client = s.client
        AND u.dialect = s.dialect AND u.outcome = s.outcome
  )
  UPDATE usage_rollups u SET
      calls = u.calls - 1, input_tokens = u.input_tokens - s.all_input, cached_tokens = u.cached_tokens - s.cached_tokens,
      output_tokens = u.output_tokens - s.all_output, reasoning_tokens = u.reasoning_tokens - s.reasoning_tokens,
      cost_nano = u.cost_nano - s.cost_nano, first_byte_ms_sum = u.first_byte_ms_sum - s.first_byte,
      total_ms_sum = u.total_ms_sum - s.total_ms, cache_write_tokens = u.cache_write_tokens - s.cache_writes,
      timed_tokens = u.timed_tokens - s.timed_tokens, timed_ms = u.timed_ms - s.timed_ms,
      first_byte_hist = u.first_byte_hist - s.first_byte_hist, total_hist = u.total_hist - s.total_hist
    FROM share s
    WHERE u.workspace_id = s.workspace_id AND u.bucket = date_bin('15 minutes', s.created_at, 'epoch')
      AND u.key_id = s.key_id AND u.model_id = s.model_id AND u.client = s.client
      AND u.dialect = s.dialect AND u.outcome = s.outcome
$$;

-- As before, with more in the rollups and on the row. A refusal without a hold may leave out all that it did not
-- come to: the model (asked_model says what was asked for), tokens, times of an upstream.
CREATE OR REPLACE FUNCTION ledger.settle_batch(p_members jsonb) RETURNS TABLE (
  seq integer, charged bigint, loss bigint, replayed boolean
) LANGUAGE plpgsql AS $$
DECLARE
  m record;
  w wallets;
  v_workspace text;
  v_burn bigint := 0;
  v_charge bigint;
  v_loss bigint;
  v_seen text[] := '{}';
  v_rows ledger.call_result[] := '{}';
  v_accounts bigint[] := '{}';
  v_amounts bigint[] := '{}';
  v_entry_holds text[] := '{}';
  v_revenue bigint := 0;
  v_losses bigint := 0;
  v_id bigint;
BEGIN
  PERFORM 1 FROM wallets x WHERE x.workspace_id IN (SELECT e->>'workspaceId' FROM jsonb_array_elements(p_members) e)
    ORDER BY x.workspace_id FOR UPDATE;
  PERFORM 1 FROM key_meters x WHERE x.key_id IN (SELECT e->>'keyId' FROM jsonb_array_elements(p_members) e)
    ORDER BY x.key_id FOR UPDATE;

  FOR m IN
    SELECT r.*, r."workspaceId" AS ws, coalesce(r.forgiven, 0) AS forgive,
      coalesce(r."inputTokens", 0) + coalesce(r."cachedTokens", 0) + coalesce(r."cacheWrite5mTokens", 0)
        + coalesce(r."cacheWrite1hTokens", 0) + coalesce(r."outputTokens", 0) + coalesce(r."reasoningTokens", 0)
        + coalesce(r."audioInputTokens", 0) + coalesce(r."audioOutputTokens", 0) + coalesce(r."imageTokens", 0) AS used,
      h.id AS found, h.key_id AS hold_key, h.status, h.amount_nano AS held, h.charged_nano AS before, h.loss_nano AS loss_before,
      h.tokens AS held_tokens, h.period_start, h.window_start
    FROM jsonb_to_recordset(p_members) AS r(seq integer, hold text, "workspaceId" text, "keyId" text, "requestId" text,
        cost bigint, forgiven bigint, reap boolean, "row" boolean,
        "inputTokens" bigint, "cachedTokens" bigint, "cacheWrite5mTokens" bigint, "cacheWrite1hTokens" bigint,
        "outputTokens" bigint, "reasoningTokens" bigint, "audioInputTokens" bigint, "audioOutputTokens" bigint, "imageTokens" bigint)
      LEFT JOIN holds h ON h.id = r.hold AND h.workspace_id = r."workspaceId"
    ORDER BY r."workspaceId", r.seq
  LOOP
    IF v_workspace IS DISTINCT FROM m.ws THEN
      PERFORM ledger.close_wallet(w, v_burn);
      v_workspace := m.ws; v_burn := 0;
      SELECT * INTO w FROM wallets x WHERE x.workspace_id = m.ws;
    END IF;
    seq := m.seq; charged := 0; loss := 0; replayed := false;

    IF m.hold IS NULL THEN
      v_rows := v_rows || ROW(m.seq, 0, 0, 0)::ledger.call_result;
      RETURN NEXT; CONTINUE;
    END IF;
    IF m.found IS NULL THEN
      RAISE EXCEPTION 'no hold % in %', m.hold, m.ws USING ERRCODE = 'no_data_found';
    END IF;
    IF m.status IN ('settled', 'released') OR m.hold = ANY (v_seen) OR (m.status = 'reaped' AND m.reap) THEN
      charged := m.before; loss := m.loss_before; replayed := true;
      RETURN NEXT; CONTINUE;
    END IF;
    IF m.cost < 0 OR m.forgive < 0 THEN
      RAISE EXCEPTION 'a cost cannot be negative' USING ERRCODE = 'check_violation';
    END IF;
    v_seen := v_seen || m.hold;

    IF m.status = 'open' THEN
      v_charge := least(m.cost, m.held + w.balance_nano - w.reserved_nano);
      w.reserved_nano := w.reserved_nano - m.held;
      UPDATE key_meters t SET
          total_reserved_nano = t.total_reserved_nano - m.held, total_spent_nano = t.total_spent_nano + v_charge,
          period_reserved_nano = t.period_reserved_nano - CASE WHEN t.period_start = m.period_start THEN m.held ELSE 0 END,
          period_spent_nano = t.period_spent_nano + CASE WHEN t.period_start = m.period_start THEN v_charge ELSE 0 END,
          window_tokens = CASE WHEN t.window_start = m.window_start
            THEN greatest(t.window_tokens - m.held_tokens + m.used, 0) ELSE t.window_tokens END,
          in_flight = t.in_flight - 1
        WHERE t.key_id = m.hold_key;
    ELSE
      v_charge := greatest(0, least(m.cost - m.before, w.balance_nano - w.reserved_nano));
      UPDATE key_meters t SET total_spent_nano = t.total_spent_nano + v_charge,
          period_spent_nano = t.period_spent_nano + CASE WHEN t.period_start = m.period_start THEN v_charge ELSE 0 END
        WHERE t.key_id = m.hold_key;
      PERFORM ledger.unrecord(m.ws, m.hold, m."requestId");
      v_losses := v_losses - m.loss_before; v_revenue := v_revenue - m.loss_before;
    END IF;
    charged := v_charge + CASE WHEN m.status = 'reaped' THEN m.before ELSE 0 END;
    v_loss := greatest(m.cost - charged, 0) + m.forgive;
    loss := v_loss;
    w.balance_nano := w.balance_nano - v_charge;
    v_burn := v_burn + v_charge;
    v_revenue := v_revenue + v_charge + v_loss;
    v_losses := v_losses + v_loss;
    IF v_charge > 0 THEN
      v_accounts := v_accounts || w.wallet_account_id; v_amounts := v_amounts || -v_charge; v_entry_holds := v_entry_holds || m.hold;
    END IF;
    UPDATE holds h SET charged_nano = charged, loss_nano = v_loss, closed_at = now(), checkpoint = NULL,
        status = CASE WHEN m.reap THEN 'reaped' WHEN charged = 0 THEN 'released' ELSE 'settled' END::hold_status
      WHERE h.id = m.hold;
    IF coalesce(m."row", true) THEN
      v_rows := v_rows || ROW(m.seq, charged, v_loss, m.held)::ledger.call_result;
    END IF;
    RETURN NEXT;
  END LOOP;
  PERFORM ledger.close_wallet(w, v_burn);

  IF cardinality(v_accounts) > 0 OR v_revenue <> 0 THEN
    INSERT INTO ledger_transactions (kind, actor, amount_nano)
      VALUES ('calls', 'gateway', v_losses - v_revenue) RETURNING id INTO v_id;
    INSERT INTO ledger.entries (transaction_id, account_id, amount_nano, hold_id)
      SELECT v_id, e.account, e.amount, e.hold
      FROM unnest(v_accounts || ARRAY[2, 7]::bigint[], v_amounts || ARRAY[v_revenue, -v_losses], v_entry_holds || ARRAY[NULL, NULL]::text[])
        AS e(account, amount, hold)
      WHERE e.amount <> 0;
  END IF;

  IF cardinality(v_rows) > 0 THEN
    WITH written AS (
      INSERT INTO usage.calls (request_id, hold_id, workspace_id, key_id, model_id, asked_model, connection_id, route_id, price_id,
          dialect, client, client_title, streamed, outcome, http_status, error_code, finish_reason, input_tokens, cached_tokens,
          cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, audio_input_tokens, audio_output_tokens,
          image_tokens, measured, clamped_tokens, cost_nano, loss_nano, reserved_nano, upstream_cost_nano, queued_ms, first_byte_ms,
          total_ms, request_bytes, fallbacks, attempts, started_at)
      SELECT r."requestId", r.hold, r."workspaceId", r."keyId", coalesce(r."modelId", '(unknown)'), r."askedModel", r."connectionId",
          r."routeId", r."priceId", r.dialect, r.client, r."clientTitle", coalesce(r.streamed, false),
          CASE WHEN r.reap THEN 'interrupted' ELSE r.outcome END, r."httpStatus", r."errorCode", r."finishReason",
          coalesce(r."inputTokens", 0), coalesce(r."cachedTokens", 0), coalesce(r."cacheWrite5mTokens", 0),
          coalesce(r."cacheWrite1hTokens", 0), coalesce(r."outputTokens", 0), coalesce(r."reasoningTokens", 0),
          coalesce(r."audioInputTokens", 0), coalesce(r."audioOutputTokens", 0), coalesce(r."imageTokens", 0),
          coalesce(r.measured, false), r."clampedTokens", v.charged, v.loss, v.held, coalesce(r."upstreamCostNano", 0),
          coalesce(r."queuedMs", 0), r."firstByteMs", r."totalMs", coalesce(r."requestBytes", 0), coalesce(r.fallbacks, 0),
          r.attempts, r."startedAt"
      FROM unnest(v_rows) v JOIN jsonb_to_recordset(p_members) AS r(seq integer, hold text, reap boolean, "requestId" text, "workspaceId" text,
          "keyId" text, "modelId" text, "askedModel" text, "connectionId" text, "routeId" text, "priceId" text, dialect text, client text,
          "clientTitle" text, streamed boolean, outcome text, "httpStatus" integer, "errorCode" text, "finishReason" text,
          "inputTokens" bigint, "cachedTokens" bigint, "cacheWrite5mTokens" bigint, "cacheWrite1hTokens" bigint, "outputTokens" bigint,
          "reasoningTokens" bigint, "audioInputTokens" bigint, "audioOutputTokens" bigint, "imageTokens" bigint, measured boolean,
          "clampedTokens" bigint, "upstreamCostNano" bigint, "queuedMs" integer, "firstByteMs" integer, "totalMs" integer,
          "requestBytes" integer, fallbacks integer, attempts jsonb, "startedAt" timestamptz) ON r.seq = v.seq
      RETURNING *
    )
    INSERT INTO usage_rollups AS u (workspace_id, bucket, key_id, model_id, client, dialect, outcome, calls, input_tokens,
        cached_tokens, output_tokens, reasoning_tokens, cost_nano, first_byte_ms_sum, total_ms_sum, cache_write_tokens,
        timed_tokens, timed_ms, max_cost_nano, max_total_ms, first_byte_hist, total_hist)
      SELECT workspace_id, date_bin('15 minutes', created_at, 'epoch'), key_id, model_id, client, dialect, outcome, count(*),
        sum(input_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens + image_tokens),
        sum(cached_tokens), sum(output_tokens + audio_output_tokens), sum(reasoning_tokens), sum(cost_nano),
        sum(coalesce(first_byte_ms, 0)), sum(total_ms), sum(cache_write_5m_tokens + cache_write_1h_tokens),
        sum(usage.timed_tokens(streamed, first_byte_ms, total_ms, output_tokens + reasoning_tokens + audio_output_tokens)),
        sum(usage.timed_ms(streamed, first_byte_ms, total_ms, output_tokens + reasoning_tokens + audio_output_tokens)),
        max(cost_nano), max(total_ms), coalesce(sum(usage.latency(first_byte_ms)), 0), sum(usage.latency(total_ms))
      FROM written GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT (workspace_id, bucket, key_id, model_id, client, dialect, outcome) DO UPDATE SET
        calls = u.calls + excluded.calls, input_tokens = u.input_tokens + excluded.input_tokens,
        cached_tokens = u.cached_tokens + excluded.cached_tokens, output_tokens = u.output_tokens + excluded.output_tokens,
        reasoning_tokens = u.reasoning_tokens + excluded.reasoning_tokens, cost_nano = u.cost_nano + excluded.cost_nano,
        first_byte_ms_sum = u.first_byte_ms_sum + excluded.first_byte_ms_sum, total_ms_sum = u.total_ms_sum + excluded.total_ms_sum,
        cache_write_tokens = u.cache_write_tokens + excluded.cache_write_tokens,
        timed_tokens = u.timed_tokens + excluded.timed_tokens, timed_ms = u.timed_ms + excluded.timed_ms,
        max_cost_nano = greatest(u.max_cost_nano, excluded.max_cost_nano), max_total_ms = greatest(u.max_total_ms, excluded.max_total_ms),
        first_byte_hist = u.first_byte_hist + excluded.first_byte_hist, total_hist = u.total_hist + excluded.total_hist;
  END IF;
END $$;
