-- The gateway's path: reserve, extend, checkpoint, settle, reap. Each call is one round trip and one transaction
-- for a whole batch. The first statements lock wallets, then key meters, each in the order of their ids; the
-- members are then decided one by one. A refused member consumes nothing and never fails its batch.

-- Nano-USD for a number of output tokens, rounded up. Callers bound their numbers so that this fits a bigint.
CREATE FUNCTION ledger.cost(p_fixed bigint, p_price bigint, p_tokens bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (p_fixed + p_price * p_tokens + 999) / 1000 $$;

CREATE FUNCTION ledger.period_start(p_period budget_period, p_at timestamptz) RETURNS timestamptz
  LANGUAGE sql STABLE AS $$ SELECT date_trunc(p_period::text, p_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' $$;

CREATE FUNCTION ledger.period_end(p_period budget_period, p_at timestamptz) RETURNS timestamptz
  LANGUAGE sql STABLE AS $$
    SELECT (date_trunc(p_period::text, p_at AT TIME ZONE 'UTC') + ('1 ' || p_period::text)::interval) AT TIME ZONE 'UTC' $$;

-- The largest output cap that an available amount pays for: all that is wanted, or at most half of what is
-- available so that a second call still fits, but never less than the minimum. Null: not even that fits.
CREATE FUNCTION ledger.clamp(p_fixed bigint, p_price bigint, p_want bigint, p_min bigint, p_available bigint, p_share bigint)
  RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN ledger.cost(p_fixed, p_price, p_want) <= p_available THEN p_want
    WHEN ledger.cost(p_fixed, p_price, p_min) > p_available THEN NULL
    ELSE greatest(p_min, (least(p_available, 9000000000000000) / p_share * 1000 - p_fixed) / greatest(p_price, 1))
  END $$;

CREATE TYPE ledger.hold_row AS (
  id text, workspace_id text, key_id text, instance_id text, amount_nano bigint, tokens bigint,
  period_start timestamptz, window_start timestamptz);

CREATE FUNCTION ledger.reserve_batch(p_members jsonb) RETURNS TABLE (
  seq integer, admitted boolean, reason text, amount_nano bigint, tokens bigint, clamped_by text,
  needed bigint, remaining bigint, limit_value bigint, retry_ms bigint,
  rpm_limit bigint, rpm_left bigint, tpm_limit bigint, tpm_left bigint, reset_ms bigint
) LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  m record;
  w wallets;
  v_ids text[];
  v_meters key_meters[];
  mt key_meters;
  v_index integer;
  v_workspace text;
  v_cap bigint;
  v_try bigint;
  v_left bigint;
  v_budget_left bigint;
  v_tokens_left bigint;
  v_start timestamptz;
  v_period timestamptz;
  v_requests bigint;
  v_window_tokens bigint;
  v_holds ledger.hold_row[] := '{}';
BEGIN
  PERFORM 1 FROM wallets x WHERE x.workspace_id IN (SELECT e->>'ws' FROM jsonb_array_elements(p_members) e)
    ORDER BY x.workspace_id FOR UPDATE;
  PERFORM 1 FROM key_meters x WHERE x.key_id IN (SELECT e->>'key' FROM jsonb_array_elements(p_members) e)
    ORDER BY x.key_id FOR UPDATE;
  SELECT array_agg(x.key_id), array_agg(x) INTO v_ids, v_meters FROM key_meters x
    WHERE x.key_id IN (SELECT e->>'key' FROM jsonb_array_elements(p_members) e);

  FOR m IN
    SELECT r.*, k.id AS found_key, k.total_budget_nano, k.period_budget_nano, k.period, k.requests_per_minute AS rpm,
      k.tokens_per_minute AS tpm, k.max_parallel, k.max_request_nano,
      (k.revoked_at IS NOT NULL OR k.paused_at IS NOT NULL OR k.expires_at <= v_now) AS gone,
      h.id AS replay, h.amount_nano AS replay_amount, h.tokens AS replay_tokens
    FROM jsonb_to_recordset(p_members) AS r(seq integer, hold text, ws text, key text, instance text,
        fixed bigint, price bigint, input bigint, want bigint, min bigint)
      LEFT JOIN keys k ON k.id = r.key AND k.workspace_id = r.ws
      LEFT JOIN holds h ON h.id = r.hold
    ORDER BY r.ws, r.seq
  LOOP
    seq := m.seq; admitted := false; reason := NULL; amount_nano := 0; tokens := 0; clamped_by := NULL;
    needed := 0; remaining := 0; limit_value := NULL; retry_ms := NULL;
    rpm_limit := m.rpm; rpm_left := m.rpm; tpm_limit := m.tpm; tpm_left := m.tpm; reset_ms := 60000;

    IF m.replay IS NOT NULL THEN
      admitted := true; amount_nano := m.replay_amount; tokens := greatest(m.replay_tokens - m.input, 0);
      RETURN NEXT; CONTINUE;
    END IF;

    IF v_workspace IS DISTINCT FROM m.ws THEN
      IF v_workspace IS NOT NULL THEN
        UPDATE wallets x SET reserved_nano = w.reserved_nano WHERE x.workspace_id = v_workspace AND x.reserved_nano <> w.reserved_nano;
      END IF;
      v_workspace := m.ws;
      SELECT * INTO w FROM wallets x WHERE x.workspace_id = m.ws;
      IF w.next_expiry_at <= v_now THEN
        PERFORM ledger.expire_due(m.ws);
        SELECT * INTO w FROM wallets x WHERE x.workspace_id = m.ws;
      END IF;
    END IF;

    v_index := array_position(v_ids, m.key);
    IF m.found_key IS NULL OR m.gone OR v_index IS NULL OR w.workspace_id IS NULL THEN
      reason := 'key_gone'; RETURN NEXT; CONTINUE;
    END IF;
    mt := v_meters[v_index];

    -- The rate window opens with its first call and lasts 60 s.
    IF mt.window_start IS NULL OR v_now >= mt.window_start + interval '60 seconds' THEN
      v_start := v_now; v_requests := 0; v_window_tokens := 0;
    ELSE
      v_start := mt.window_start; v_requests := mt.window_requests; v_window_tokens := mt.window_tokens;
    END IF;
    reset_ms := ceil(extract(epoch FROM v_start + interval '60 seconds' - v_now) * 1000);
    rpm_left := greatest(m.rpm - v_requests, 0);
    v_tokens_left := greatest(m.tpm - v_window_tokens, 0);
    tpm_left := v_tokens_left;
    v_period := CASE WHEN m.period IS NOT NULL THEN ledger.period_start(m.period, v_now) END;
    v_cap := m.want;

    IF w.frozen_at IS NOT NULL THEN
      reason := 'frozen';
    ELSIF w.debt_nano > 0 THEN
      reason := 'debt'; needed := w.debt_nano;
    ELSIF mt.in_flight >= m.max_parallel THEN
      reason := 'max_parallel'; needed := 1; limit_value := m.max_parallel; retry_ms := 1000;
    ELSIF v_requests >= m.rpm THEN
      reason := 'requests_per_minute'; needed := 1; limit_value := m.rpm; retry_ms := reset_ms;
    END IF;

    IF reason IS NULL AND m.tpm IS NOT NULL THEN
      IF m.input + v_cap > v_tokens_left THEN
        IF m.input + m.min > v_tokens_left THEN
          reason := 'tokens_per_minute'; needed := m.input + m.min; remaining := v_tokens_left; limit_value := m.tpm;
          retry_ms := CASE WHEN m.input + m.min > m.tpm THEN NULL ELSE reset_ms END;
        ELSE
          v_cap := greatest(m.min, v_tokens_left / 2 - m.input); clamped_by := 'tokens_per_minute';
        END IF;
      END IF;
    END IF;

    IF reason IS NULL AND m.max_request_nano IS NOT NULL THEN
      v_try := ledger.clamp(m.fixed, m.price, v_cap, least(m.min, v_cap), m.max_request_nano, 1);
      IF v_try IS NULL THEN
        reason := 'request_cost'; needed := ledger.cost(m.fixed, m.price, m.min); remaining := m.max_request_nano; limit_value := m.max_request_nano;
      ELSIF v_try < v_cap THEN
        v_cap := v_try; clamped_by := 'request_cost';
      END IF;
    END IF;

    IF reason IS NULL AND m.total_budget_nano IS NOT NULL THEN
      v_left := m.total_budget_nano - mt.total_spent_nano - mt.total_reserved_nano;
      v_try := ledger.clamp(m.fixed, m.price, v_cap, least(m.min, v_cap), v_left, 2);
      IF v_try IS NULL THEN
        needed := ledger.cost(m.fixed, m.price, m.min); remaining := greatest(v_left, 0); limit_value := m.total_budget_nano;
        reason := 'key_total';
        IF needed <= v_left + mt.total_reserved_nano THEN reason := 'in_flight'; retry_ms := 1000; END IF;
      ELSIF v_try < v_cap THEN
        v_cap := v_try; clamped_by := 'key_total';
      END IF;
    END IF;

    IF reason IS NULL AND m.period_budget_nano IS NOT NULL AND m.period IS NOT NULL THEN
      v_budget_left := m.period_budget_nano - CASE WHEN mt.period_start = v_period THEN mt.period_spent_nano + mt.period_reserved_nano ELSE 0 END;
      v_try := ledger.clamp(m.fixed, m.price, v_cap, least(m.min, v_cap), v_budget_left, 2);
      IF v_try IS NULL THEN
        needed := ledger.cost(m.fixed, m.price, m.min); remaining := greatest(v_budget_left, 0); limit_value := m.period_budget_nano;
        IF mt.period_start = v_period AND needed <= v_budget_left + mt.period_reserved_nano THEN
          reason := 'in_flight'; retry_ms := 1000;
        ELSE
          reason := 'key_period';
          retry_ms := ceil(extract(epoch FROM ledger.period_end(m.period, v_now) - v_now) * 1000);
        END IF;
      ELSIF v_try < v_cap THEN
        v_cap := v_try; clamped_by := 'key_period';
      END IF;
    END IF;

    IF reason IS NULL THEN
      v_left := w.balance_nano - w.reserved_nano;
      v_try := ledger.clamp(m.fixed, m.price, v_cap, least(m.min, v_cap), v_left, 2);
      IF v_try IS NULL THEN
        needed := ledger.cost(m.fixed, m.price, m.min); remaining := v_left;
        IF needed <= w.balance_nano THEN reason := 'in_flight'; retry_ms := 1000; ELSE reason := 'no_credit'; END IF;
      ELSIF v_try < v_cap THEN
        v_cap := v_try; clamped_by := 'account';
      END IF;
    END IF;

    IF reason IS NOT NULL THEN
      clamped_by := NULL; RETURN NEXT; CONTINUE;
    END IF;

    admitted := true;
    amount_nano := ledger.cost(m.fixed, m.price, v_cap);
    tokens := v_cap;
    w.reserved_nano := w.reserved_nano + amount_nano;
    mt.window_start := v_start;
    mt.window_requests := v_requests + 1;
    mt.window_tokens := v_window_tokens + m.input + v_cap;
    mt.total_reserved_nano := mt.total_reserved_nano + amount_nano;
    mt.in_flight := mt.in_flight + 1;
    IF m.period IS NOT NULL THEN
      IF mt.period_start IS DISTINCT FROM v_period THEN
        mt.period_start := v_period; mt.period_spent_nano := 0; mt.period_reserved_nano := 0;
      END IF;
      mt.period_reserved_nano := mt.period_reserved_nano + amount_nano;
    END IF;
    v_meters[v_index] := mt;
    v_holds := v_holds || ROW(m.hold, m.ws, m.key, m.instance, amount_nano, m.input + v_cap, v_period, v_start)::ledger.hold_row;
    rpm_left := rpm_left - 1;
    tpm_left := greatest(m.tpm - mt.window_tokens, 0);
    RETURN NEXT;
  END LOOP;

  IF v_workspace IS NOT NULL THEN
    UPDATE wallets x SET reserved_nano = w.reserved_nano WHERE x.workspace_id = v_workspace AND x.reserved_nano <> w.reserved_nano;
  END IF;
  IF cardinality(v_holds) > 0 THEN
    UPDATE key_meters x SET window_start = n.window_start, window_requests = n.window_requests, window_tokens = n.window_tokens,
        total_reserved_nano = n.total_reserved_nano, in_flight = n.in_flight, period_start = n.period_start,
        period_spent_nano = n.period_spent_nano, period_reserved_nano = n.period_reserved_nano
      FROM unnest(v_meters) n WHERE x.key_id = n.key_id;
    INSERT INTO holds (id, workspace_id, key_id, instance_id, amount_nano, tokens, period_start, window_start)
      SELECT * FROM unnest(v_holds);
  END IF;
END $$;

-- Streams take more as they go. Nothing, or at least the minimum.
CREATE FUNCTION ledger.extend_batch(p_members jsonb) RETURNS TABLE (seq integer, added bigint, amount_nano bigint)
LANGUAGE plpgsql AS $$
DECLARE
  m record;
  v_left bigint;
  v_add bigint;
  v_cost bigint;
BEGIN
  PERFORM 1 FROM wallets x WHERE x.workspace_id IN (SELECT e->>'ws' FROM jsonb_array_elements(p_members) e)
    ORDER BY x.workspace_id FOR UPDATE;
  PERFORM 1 FROM key_meters x WHERE x.key_id IN (
      SELECT h.key_id FROM holds h WHERE h.id IN (SELECT e->>'hold' FROM jsonb_array_elements(p_members) e))
    ORDER BY x.key_id FOR UPDATE;
  FOR m IN
    SELECT r.* FROM jsonb_to_recordset(p_members) AS r(seq integer, hold text, ws text, price bigint, add bigint, min bigint)
    ORDER BY r.ws, r.seq
  LOOP
    seq := m.seq; added := 0; amount_nano := 0;
    SELECT least(
        w.balance_nano - w.reserved_nano,
        k.total_budget_nano - t.total_spent_nano - t.total_reserved_nano,
        k.max_request_nano - h.amount_nano,
        CASE WHEN k.period IS NOT NULL AND h.period_start = t.period_start
          THEN k.period_budget_nano - t.period_spent_nano - t.period_reserved_nano END)
      INTO v_left
      FROM holds h JOIN wallets w ON w.workspace_id = h.workspace_id AND w.frozen_at IS NULL AND w.debt_nano = 0
        JOIN keys k ON k.id = h.key_id JOIN key_meters t ON t.key_id = h.key_id
      WHERE h.id = m.hold AND h.workspace_id = m.ws AND h.status = 'open';
    IF v_left IS NULL THEN RETURN NEXT; CONTINUE; END IF;
    v_add := CASE
      WHEN ledger.cost(0, m.price, m.add) <= v_left THEN m.add
      ELSE least(m.add, greatest(v_left, 0) / greatest((m.price + 999) / 1000, 1)) END;
    IF v_add >= m.min AND v_add > 0 THEN
      v_cost := ledger.cost(0, m.price, v_add);
      UPDATE holds h SET amount_nano = h.amount_nano + v_cost, tokens = h.tokens + v_add WHERE h.id = m.hold;
      UPDATE wallets w SET reserved_nano = w.reserved_nano + v_cost WHERE w.workspace_id = m.ws;
      UPDATE key_meters t SET total_reserved_nano = t.total_reserved_nano + v_cost,
          period_reserved_nano = t.period_reserved_nano + CASE WHEN h.period_start = t.period_start THEN v_cost ELSE 0 END,
          window_tokens = t.window_tokens + CASE WHEN h.window_start = t.window_start THEN v_add ELSE 0 END
        FROM holds h WHERE h.id = m.hold AND t.key_id = h.key_id;
      added := v_add; amount_nano := v_cost;
    END IF;
    RETURN NEXT;
  END LOOP;
END $$;

-- What each open call would cost if it ended now.
CREATE FUNCTION ledger.checkpoint_batch(p_members jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_count integer;
BEGIN
  UPDATE holds h SET checkpoint = r.usage, checkpoint_nano = r.cost
    FROM jsonb_to_recordset(p_members) AS r(hold text, cost bigint, usage jsonb)
    WHERE h.id = r.hold AND h.status = 'open';
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END $$;

CREATE TYPE ledger.call_result AS (seq integer, charged bigint, loss bigint, held bigint);

-- Writes a wallet back after a batch has moved it, and then what follows from more being available.
CREATE FUNCTION ledger.close_wallet(w wallets, p_burn bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF w.workspace_id IS NULL THEN RETURN; END IF;
  UPDATE wallets x SET balance_nano = w.balance_nano, reserved_nano = w.reserved_nano
    WHERE x.workspace_id = w.workspace_id AND (x.balance_nano, x.reserved_nano) IS DISTINCT FROM (w.balance_nano, w.reserved_nano);
  PERFORM ledger.burn(w.workspace_id, p_burn);
  IF w.debt_nano > 0 THEN PERFORM ledger.pay_debt(w.workspace_id, 'system:release'); END IF;
  IF w.next_expiry_at <= now() THEN PERFORM ledger.expire_due(w.workspace_id); END IF;
END $$;

-- Removes a call's row and takes it out of the rollups again: a settle that came after the reaper replaces it.
CREATE FUNCTION ledger.unrecord(p_workspace text, p_hold text, p_request text) RETURNS void LANGUAGE sql AS $$
  WITH gone AS (
    DELETE FROM usage.calls c WHERE c.request_id = p_request AND c.hold_id = p_hold AND c.workspace_id = p_workspace RETURNING *
  )
  UPDATE usage_rollups u SET
      calls = u.calls - 1, input_tokens = u.input_tokens - g.input_tokens - g.cache_write_5m_tokens - g.cache_write_1h_tokens
        - g.audio_input_tokens - g.image_tokens,
      cached_tokens = u.cached_tokens - g.cached_tokens, output_tokens = u.output_tokens - g.output_tokens - g.audio_output_tokens,
      reasoning_tokens = u.reasoning_tokens - g.reasoning_tokens, cost_nano = u.cost_nano - g.cost_nano,
      first_byte_ms_sum = u.first_byte_ms_sum - coalesce(g.first_byte_ms, 0), total_ms_sum = u.total_ms_sum - g.total_ms
    FROM gone g
    WHERE u.workspace_id = g.workspace_id AND u.bucket = date_bin('15 minutes', g.created_at, 'epoch')
      AND u.key_id = g.key_id AND u.model_id = g.model_id AND u.client = g.client
      AND u.dialect = g.dialect AND u.outcome = g.outcome
$$;

-- Ends calls: charges, returns the rest of the hold, writes usage rows and rollups. A member is a usage call
-- (lib/usage/types.ts) with seq, hold, cost, forgiven, and for the reaper reap and row. Without a hold only its row
-- is written. An open hold pays up to itself plus what is available; only the rest is a loss. A hold that the
-- reaper closed pays the difference out of what is available. A hold that was settled changes nothing.
CREATE FUNCTION ledger.settle_batch(p_members jsonb) RETURNS TABLE (
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
      INSERT INTO usage.calls (request_id, hold_id, workspace_id, key_id, model_id, connection_id, route_id, price_id, dialect, client,
          streamed, outcome, http_status, error_code, finish_reason, input_tokens, cached_tokens, cache_write_5m_tokens,
          cache_write_1h_tokens, output_tokens, reasoning_tokens, audio_input_tokens, audio_output_tokens, image_tokens, measured,
          clamped_tokens, cost_nano, loss_nano, reserved_nano, upstream_cost_nano, queued_ms, first_byte_ms, total_ms,
          request_bytes, fallbacks, started_at)
      SELECT r."requestId", r.hold, r."workspaceId", r."keyId", r."modelId", r."connectionId", r."routeId", r."priceId", r.dialect, r.client,
          r.streamed, CASE WHEN r.reap THEN 'interrupted' ELSE r.outcome END, r."httpStatus", r."errorCode", r."finishReason",
          r."inputTokens", r."cachedTokens", r."cacheWrite5mTokens", r."cacheWrite1hTokens", r."outputTokens", r."reasoningTokens",
          r."audioInputTokens", r."audioOutputTokens", r."imageTokens", r.measured, r."clampedTokens", v.charged, v.loss, v.held,
          r."upstreamCostNano", r."queuedMs", r."firstByteMs", r."totalMs", r."requestBytes", r.fallbacks, r."startedAt"
      FROM unnest(v_rows) v JOIN jsonb_to_recordset(p_members) AS r(seq integer, hold text, reap boolean, "requestId" text, "workspaceId" text,
          "keyId" text, "modelId" text, "connectionId" text, "routeId" text, "priceId" text, dialect text, client text, streamed boolean,
          outcome text, "httpStatus" integer, "errorCode" text, "finishReason" text, "inputTokens" bigint, "cachedTokens" bigint,
          "cacheWrite5mTokens" bigint, "cacheWrite1hTokens" bigint, "outputTokens" bigint, "reasoningTokens" bigint,
          "audioInputTokens" bigint, "audioOutputTokens" bigint, "imageTokens" bigint, measured boolean, "clampedTokens" bigint,
          "upstreamCostNano" bigint, "queuedMs" integer, "firstByteMs" integer, "totalMs" integer, "requestBytes" integer,
          fallbacks integer, "startedAt" timestamptz) ON r.seq = v.seq
      RETURNING *
    )
    INSERT INTO usage_rollups AS u (workspace_id, bucket, key_id, model_id, client, dialect, outcome, calls, input_tokens,
        cached_tokens, output_tokens, reasoning_tokens, cost_nano, first_byte_ms_sum, total_ms_sum)
      SELECT workspace_id, date_bin('15 minutes', created_at, 'epoch'), key_id, model_id, client, dialect, outcome, count(*),
        sum(input_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens + image_tokens),
        sum(cached_tokens), sum(output_tokens + audio_output_tokens), sum(reasoning_tokens), sum(cost_nano),
        sum(coalesce(first_byte_ms, 0)), sum(total_ms)
      FROM written GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT (workspace_id, bucket, key_id, model_id, client, dialect, outcome) DO UPDATE SET
        calls = u.calls + excluded.calls, input_tokens = u.input_tokens + excluded.input_tokens,
        cached_tokens = u.cached_tokens + excluded.cached_tokens, output_tokens = u.output_tokens + excluded.output_tokens,
        reasoning_tokens = u.reasoning_tokens + excluded.reasoning_tokens, cost_nano = u.cost_nano + excluded.cost_nano,
        first_byte_ms_sum = u.first_byte_ms_sum + excluded.first_byte_ms_sum, total_ms_sum = u.total_ms_sum + excluded.total_ms_sum;
  END IF;
END $$;

-- The reaper: open holds of gateways whose heartbeat stopped are settled at their last checkpoint; without one,
-- nothing had been delivered and the hold is released.
CREATE FUNCTION ledger.reap(p_dead_after interval, p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_members jsonb;
BEGIN
  SELECT jsonb_agg(coalesce(d.checkpoint, '{}'::jsonb) || jsonb_build_object(
      'seq', d.n, 'hold', d.id, 'workspaceId', d.workspace_id, 'keyId', d.key_id, 'reap', true,
      'row', d.checkpoint IS NOT NULL, 'cost', coalesce(d.checkpoint_nano, 0)))
    INTO v_members
    FROM (
      SELECT h.*, row_number() OVER (ORDER BY h.id) AS n FROM holds h LEFT JOIN gateway_instances g ON g.id = h.instance_id
      WHERE h.status = 'open' AND (g.id IS NULL OR g.stopped_at IS NOT NULL OR (
          -- After a restart of the database every heartbeat is old; the living get the same time to be heard of again.
          g.heartbeat_at < clock_timestamp() - p_dead_after
          AND pg_postmaster_start_time() < clock_timestamp() - p_dead_after))
        AND h.created_at < clock_timestamp() - least(p_dead_after, interval '5 seconds')
      ORDER BY h.id LIMIT p_limit
    ) d;
  IF v_members IS NULL THEN RETURN 0; END IF;
  PERFORM ledger.settle_batch(v_members);
  RETURN jsonb_array_length(v_members);
END $$;
