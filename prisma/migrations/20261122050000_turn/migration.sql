-- Settles and reserves of a gateway share one transaction: one lock of each wallet, one commit that reaches the disk,
-- for both. And a plan for whatever a batch holds, made once: left to itself Postgres plans anew for each small batch,
-- since it knows how long each one's arrays are, and that took more time than the work.

CREATE TYPE ledger.burn_share AS (workspace_id text, amount_nano bigint);

-- One turn of a gateway: calls that have ended, then calls that begin. The first statements lock wallets, then key
-- meters, each in the order of their ids. Answers of either kind how many went as asked, and the others by their seq.
CREATE FUNCTION ledger.turn(
  p_settles ledger.settle_member[], p_reserves ledger.reserve_member[],
  OUT settled integer, OUT settled_others jsonb, OUT reserved integer, OUT reserved_others jsonb
) LANGUAGE plpgsql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  v_outcome record;
BEGIN
  PERFORM 1 FROM wallets x WHERE x.workspace_id = ANY (ARRAY(
      SELECT u."workspaceId" FROM unnest(p_settles) u UNION ALL SELECT u.ws FROM unnest(p_reserves) u))
    ORDER BY x.workspace_id FOR UPDATE;
  PERFORM 1 FROM key_meters x WHERE x.key_id = ANY (ARRAY(
      SELECT u."keyId" FROM unnest(p_settles) u UNION ALL SELECT u.key FROM unnest(p_reserves) u))
    ORDER BY x.key_id FOR UPDATE;
  settled := 0; settled_others := '[]'; reserved := 0; reserved_others := '[]';
  IF cardinality(p_settles) > 0 THEN
    v_outcome := ledger.settle_calls(p_settles);
    settled := v_outcome.plain; settled_others := v_outcome.others;
  END IF;
  IF cardinality(p_reserves) > 0 THEN
    v_outcome := ledger.reserve_calls(p_reserves);
    reserved := v_outcome.plain; reserved_others := v_outcome.others;
  END IF;
END $$;

-- Reserves, within a turn. Answers how many members got all that they asked for, and the others by their seq. Amounts
-- as text: JSON has no bigint.
--
-- Where everything that a workspace's members ask for fits its wallet at once, and none of their keys has a limit,
-- each of them fits in whatever order, so that one statement admits them all.
CREATE OR REPLACE FUNCTION ledger.reserve_calls(p_members ledger.reserve_member[], OUT plain integer, OUT others jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  v_now timestamptz := clock_timestamp();
  v_holds text[] := ARRAY(SELECT u.hold FROM unnest(p_members) u);
  v_replays text[];
  v_free text[];
  m record;
  h holds;
  w wallets;
  v_ids text[];
  v_meters key_meters[];
  mt key_meters;
  v_index integer;
  v_workspace text;
  v_cap bigint;
  v_try bigint;
  v_left bigint;
  v_tokens_left bigint;
  v_start timestamptz;
  v_period timestamptz;
  v_requests bigint;
  v_window_tokens bigint;
  v_rows ledger.hold_row[] := '{}';
  v_reason text;
  v_amount bigint;
  v_clamped text;
  v_needed bigint;
  v_remaining bigint;
  v_limit bigint;
  v_retry bigint;
  v_rpm_left bigint;
  v_reset bigint;
BEGIN
  v_replays := ARRAY(SELECT x.id FROM holds x WHERE x.id = ANY (v_holds));

  WITH asked AS MATERIALIZED (
    SELECT u.ws, u.key, count(*) AS calls, sum(ledger.cost(u.fixed, u.price, u.want))::bigint AS total,
      sum(u.input + u.want)::bigint AS tokens, bool_or(u.hold = ANY (v_replays)) AS replayed
    FROM unnest(p_members) u GROUP BY u.ws, u.key
  ), free AS MATERIALIZED (
    SELECT g.ws, g.total FROM (
      SELECT a.ws, sum(a.total) AS total, bool_and(NOT a.replayed AND k.workspace_id IS NOT DISTINCT FROM a.ws AND t.key_id IS NOT NULL
          AND k.revoked_at IS NULL AND k.paused_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > v_now)
          AND num_nonnulls(k.requests_per_minute, k.tokens_per_minute, k.max_parallel, k.max_request_nano,
            k.total_budget_nano, k.period_budget_nano, k.period) = 0) AS ok
      FROM asked a LEFT JOIN keys k ON k.id = a.key LEFT JOIN key_meters t ON t.key_id = a.key
      GROUP BY a.ws
    ) g JOIN wallets x ON x.workspace_id = g.ws
    WHERE g.ok AND x.frozen_at IS NULL AND x.debt_nano = 0 AND (x.next_expiry_at IS NULL OR x.next_expiry_at > v_now)
      AND g.total <= x.balance_nano - x.reserved_nano
  ), paid AS (
    UPDATE wallets x SET reserved_nano = x.reserved_nano + f.total::bigint FROM free f WHERE x.workspace_id = f.ws
  ), counted AS (
    -- The rate window opens with its first call and lasts 60 s.
    UPDATE key_meters t SET total_reserved_nano = t.total_reserved_nano + a.total, in_flight = t.in_flight + a.calls::integer,
        window_start = CASE WHEN v_now < t.window_start + interval '60 seconds' THEN t.window_start ELSE v_now END,
        window_requests = a.calls::integer + CASE WHEN v_now < t.window_start + interval '60 seconds' THEN t.window_requests ELSE 0 END,
        window_tokens = a.tokens + CASE WHEN v_now < t.window_start + interval '60 seconds' THEN t.window_tokens ELSE 0 END
      FROM asked a JOIN free f ON f.ws = a.ws WHERE t.key_id = a.key
      RETURNING t.key_id, t.window_start
  ), held AS (
    INSERT INTO holds (id, workspace_id, key_id, instance_id, amount_nano, tokens, window_start)
      SELECT u.hold, u.ws, u.key, u.instance, ledger.cost(u.fixed, u.price, u.want), u.input + u.want, c.window_start
      FROM unnest(p_members) u JOIN counted c ON c.key_id = u.key
      RETURNING 1
  )
  SELECT (SELECT count(*) FROM held), ARRAY(SELECT f.ws FROM free f) INTO plain, v_free;
  others := '[]';
  IF plain = cardinality(p_members) THEN RETURN; END IF;

  SELECT array_agg(x.key_id), array_agg(x) INTO v_ids, v_meters FROM key_meters x
    WHERE x.key_id = ANY (ARRAY(SELECT u.key FROM unnest(p_members) u WHERE NOT u.ws = ANY (v_free)));

  FOR m IN
    SELECT u.*, k.workspace_id AS key_workspace, k.total_budget_nano, k.period_budget_nano, k.period, k.requests_per_minute AS rpm,
      k.tokens_per_minute AS tpm, k.max_parallel, k.max_request_nano,
      (k.revoked_at IS NOT NULL OR k.paused_at IS NOT NULL OR k.expires_at <= v_now) AS gone
    FROM unnest(p_members) u LEFT JOIN keys k ON k.id = u.key
    WHERE NOT u.ws = ANY (v_free) ORDER BY u.ws, u.seq
  LOOP
    v_reason := NULL; v_clamped := NULL; v_needed := 0; v_remaining := 0; v_limit := NULL; v_retry := NULL;

    IF m.hold = ANY (v_replays) THEN
      SELECT * INTO h FROM holds x WHERE x.id = m.hold;
      others := others || jsonb_build_object('seq', m.seq, 'admitted', true, 'amount', h.amount_nano::text,
        'tokens', greatest(h.tokens - m.input, 0), 'rpm', m.rpm, 'rpmLeft', m.rpm, 'tpm', m.tpm, 'tpmLeft', m.tpm, 'resetMs', 60000);
      CONTINUE;
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
    IF m.key_workspace IS DISTINCT FROM m.ws OR m.gone OR v_index IS NULL OR w.workspace_id IS NULL THEN
      others := others || jsonb_build_object('seq', m.seq, 'admitted', false, 'reason', 'key_gone', 'needed', '0', 'left', '0',
        'rpm', m.rpm, 'rpmLeft', m.rpm, 'tpm', m.tpm, 'tpmLeft', m.tpm, 'resetMs', 60000);
      CONTINUE;
    END IF;
    mt := v_meters[v_index];

    IF mt.window_start IS NULL OR v_now >= mt.window_start + interval '60 seconds' THEN
      v_start := v_now; v_requests := 0; v_window_tokens := 0;
    ELSE
      v_start := mt.window_start; v_requests := mt.window_requests; v_window_tokens := mt.window_tokens;
    END IF;
    v_reset := ceil(extract(epoch FROM v_start + interval '60 seconds' - v_now) * 1000);
    v_rpm_left := greatest(m.rpm - v_requests, 0);
    v_tokens_left := greatest(m.tpm - v_window_tokens, 0);
    v_period := CASE WHEN m.period IS NOT NULL THEN ledger.period_start(m.period, v_now) END;
    v_cap := m.want;

    IF w.frozen_at IS NOT NULL THEN
      v_reason := 'frozen';
    ELSIF w.debt_nano > 0 THEN
      v_reason := 'debt'; v_needed := w.debt_nano;
    ELSIF mt.in_flight >= m.max_parallel THEN
      v_reason := 'max_parallel'; v_needed := 1; v_limit := m.max_parallel; v_retry := 1000;
    ELSIF v_requests >= m.rpm THEN
      v_reason := 'requests_per_minute'; v_needed := 1; v_limit := m.rpm; v_retry := v_reset;
    END IF;

    IF v_reason IS NULL AND m.tpm IS NOT NULL THEN
      IF m.input + v_cap > v_tokens_left THEN
        IF m.input + m.min > v_tokens_left THEN
          v_reason := 'tokens_per_minute'; v_needed := m.input + m.min; v_remaining := v_tokens_left; v_limit := m.tpm;
          v_retry := CASE WHEN m.input + m.min > m.tpm THEN NULL ELSE v_reset END;
        ELSE
          v_cap := greatest(m.min, v_tokens_left / 2 - m.input); v_clamped := 'tokens_per_minute';
        END IF;
      END IF;
    END IF;

    IF v_reason IS NULL AND m.max_request_nano IS NOT NULL THEN
      v_try := ledger.clamp(m.fixed, m.price, v_cap, least(m.min, v_cap), m.max_request_nano, 1);
      IF v_try IS NULL THEN
        v_reason := 'request_cost'; v_needed := ledger.cost(m.fixed, m.price, m.min); v_remaining := m.max_request_nano;
        v_limit := m.max_request_nano;
      ELSIF v_try < v_cap THEN
        v_cap := v_try; v_clamped := 'request_cost';
      END IF;
    END IF;

    IF v_reason IS NULL AND m.total_budget_nano IS NOT NULL THEN
      v_left := m.total_budget_nano - mt.total_spent_nano - mt.total_reserved_nano;
      v_try := ledger.clamp(m.fixed, m.price, v_cap, least(m.min, v_cap), v_left, 2);
      IF v_try IS NULL THEN
        v_needed := ledger.cost(m.fixed, m.price, m.min); v_remaining := greatest(v_left, 0); v_limit := m.total_budget_nano;
        v_reason := 'key_total';
        IF v_needed <= v_left + mt.total_reserved_nano THEN v_reason := 'in_flight'; v_retry := 1000; END IF;
      ELSIF v_try < v_cap THEN
        v_cap := v_try; v_clamped := 'key_total';
      END IF;
    END IF;

    IF v_reason IS NULL AND m.period_budget_nano IS NOT NULL AND m.period IS NOT NULL THEN
      v_left := m.period_budget_nano - CASE WHEN mt.period_start = v_period THEN mt.period_spent_nano + mt.period_reserved_nano ELSE 0 END;
      v_try := ledger.clamp(m.fixed, m.price, v_cap, least(m.min, v_cap), v_left, 2);
      IF v_try IS NULL THEN
        v_needed := ledger.cost(m.fixed, m.price, m.min); v_remaining := greatest(v_left, 0); v_limit := m.period_budget_nano;
        IF mt.period_start = v_period AND v_needed <= v_left + mt.period_reserved_nano THEN
          v_reason := 'in_flight'; v_retry := 1000;
        ELSE
          v_reason := 'key_period';
          v_retry := ceil(extract(epoch FROM ledger.period_end(m.period, v_now) - v_now) * 1000);
        END IF;
      ELSIF v_try < v_cap THEN
        v_cap := v_try; v_clamped := 'key_period';
      END IF;
    END IF;

    IF v_reason IS NULL THEN
      v_left := w.balance_nano - w.reserved_nano;
      v_try := ledger.clamp(m.fixed, m.price, v_cap, least(m.min, v_cap), v_left, 2);
      IF v_try IS NULL THEN
        v_needed := ledger.cost(m.fixed, m.price, m.min); v_remaining := v_left;
        IF v_needed <= w.balance_nano THEN v_reason := 'in_flight'; v_retry := 1000; ELSE v_reason := 'no_credit'; END IF;
      ELSIF v_try < v_cap THEN
        v_cap := v_try; v_clamped := 'account';
      END IF;
    END IF;

    IF v_reason IS NOT NULL THEN
      others := others || jsonb_build_object('seq', m.seq, 'admitted', false, 'reason', v_reason, 'needed', v_needed::text,
        'left', v_remaining::text, 'limit', v_limit::text, 'retryMs', v_retry,
        'rpm', m.rpm, 'rpmLeft', v_rpm_left, 'tpm', m.tpm, 'tpmLeft', v_tokens_left, 'resetMs', v_reset);
      CONTINUE;
    END IF;

    v_amount := ledger.cost(m.fixed, m.price, v_cap);
    w.reserved_nano := w.reserved_nano + v_amount;
    mt.window_start := v_start;
    mt.window_requests := v_requests + 1;
    mt.window_tokens := v_window_tokens + m.input + v_cap;
    mt.total_reserved_nano := mt.total_reserved_nano + v_amount;
    mt.in_flight := mt.in_flight + 1;
    IF m.period IS NOT NULL THEN
      IF mt.period_start IS DISTINCT FROM v_period THEN
        mt.period_start := v_period; mt.period_spent_nano := 0; mt.period_reserved_nano := 0;
      END IF;
      mt.period_reserved_nano := mt.period_reserved_nano + v_amount;
    END IF;
    v_meters[v_index] := mt;
    v_rows := v_rows || ROW(m.hold, m.ws, m.key, m.instance, v_amount, m.input + v_cap, v_period, v_start)::ledger.hold_row;
    others := others || jsonb_build_object('seq', m.seq, 'admitted', true, 'amount', v_amount::text, 'tokens', v_cap, 'clampedBy', v_clamped,
      'rpm', m.rpm, 'rpmLeft', v_rpm_left - 1, 'tpm', m.tpm, 'tpmLeft', greatest(m.tpm - mt.window_tokens, 0), 'resetMs', v_reset);
  END LOOP;

  IF v_workspace IS NOT NULL THEN
    UPDATE wallets x SET reserved_nano = w.reserved_nano WHERE x.workspace_id = v_workspace AND x.reserved_nano <> w.reserved_nano;
  END IF;
  IF cardinality(v_rows) > 0 THEN
    UPDATE key_meters x SET window_start = n.window_start, window_requests = n.window_requests, window_tokens = n.window_tokens,
        total_reserved_nano = n.total_reserved_nano, in_flight = n.in_flight, period_start = n.period_start,
        period_spent_nano = n.period_spent_nano, period_reserved_nano = n.period_reserved_nano
      FROM unnest(v_meters) n WHERE x.key_id = n.key_id;
    INSERT INTO holds (id, workspace_id, key_id, instance_id, amount_nano, tokens, period_start, window_start)
      SELECT * FROM unnest(v_rows);
  END IF;
END $$;
ALTER FUNCTION ledger.reserve_calls(ledger.reserve_member[]) RESET ALL;

-- Ends calls, within a turn: charges, returns the rest of the hold, writes usage rows and rollups. Answers how many
-- members were charged just what they cost, and the others by their seq; amounts as text. Without a hold only a
-- member's row is written. An open hold pays up to itself plus what is available; only the rest is a loss. A hold that
-- the reaper closed pays the difference out of what is available. A hold that was settled changes nothing.
--
-- An open hold that covers its cost pays it whatever else happens, so that one statement closes all of those.
CREATE OR REPLACE FUNCTION ledger.settle_calls(p_members ledger.settle_member[], OUT plain integer, OUT others jsonb)
LANGUAGE plpgsql AS $$
DECLARE
  m record;
  w wallets;
  h holds;
  v_workspace text;
  v_burn bigint := 0;
  v_charge bigint;
  v_charged bigint;
  v_loss bigint;
  v_closed integer[];
  v_members ledger.settle_member[];
  v_charges bigint[];
  v_lost bigint[];
  v_held bigint[];
  v_due text[];
  v_burns ledger.burn_share[];
  v_share ledger.burn_share;
  v_accounts bigint[];
  v_amounts bigint[];
  v_entry_holds text[];
  v_revenue bigint;
  v_losses bigint;
BEGIN
  WITH closed AS (
    UPDATE holds x SET charged_nano = u.cost, loss_nano = coalesce(u.forgiven, 0), closed_at = now(), checkpoint = NULL,
        status = CASE WHEN u.cost = 0 THEN 'released' ELSE 'settled' END::hold_status
      FROM unnest(p_members) u
      -- Open, said without the status: the index of open holds would be read from end to end for each member.
      WHERE x.id = u.hold AND x.workspace_id = u."workspaceId" AND x.closed_at IS NULL AND u.reap IS NOT TRUE
        AND u.cost BETWEEN 0 AND x.amount_nano AND coalesce(u.forgiven, 0) >= 0
      RETURNING u AS member, u.seq, u.hold, x.workspace_id, x.key_id, u.cost, coalesce(u.forgiven, 0) AS forgiven,
        x.amount_nano AS held, x.tokens AS held_tokens, ledger.tokens_of(u) AS used, x.period_start, x.window_start
  ), moved AS (
    UPDATE key_meters t SET
        total_reserved_nano = t.total_reserved_nano - s.held, total_spent_nano = t.total_spent_nano + s.cost,
        period_reserved_nano = t.period_reserved_nano - s.period_held, period_spent_nano = t.period_spent_nano + s.period_cost,
        window_tokens = greatest(t.window_tokens + s.window_change, 0), in_flight = t.in_flight - s.calls
      FROM (
        SELECT c.key_id, count(*)::integer AS calls, sum(c.held)::bigint AS held, sum(c.cost)::bigint AS cost,
          coalesce(sum(c.held) FILTER (WHERE y.period_start = c.period_start), 0)::bigint AS period_held,
          coalesce(sum(c.cost) FILTER (WHERE y.period_start = c.period_start), 0)::bigint AS period_cost,
          coalesce(sum(c.used - c.held_tokens) FILTER (WHERE y.window_start = c.window_start), 0)::bigint AS window_change
        FROM closed c JOIN key_meters y ON y.key_id = c.key_id GROUP BY c.key_id
      ) s WHERE t.key_id = s.key_id
  ), paid AS (
    UPDATE wallets x SET balance_nano = x.balance_nano - s.cost, reserved_nano = x.reserved_nano - s.held
      FROM (SELECT c.workspace_id, sum(c.held)::bigint AS held, sum(c.cost)::bigint AS cost FROM closed c GROUP BY c.workspace_id) s
      WHERE x.workspace_id = s.workspace_id
      RETURNING x.workspace_id, x.wallet_account_id, s.cost, x.debt_nano > 0 OR x.next_expiry_at <= now() AS due
  ), burnt AS (
    -- Mostly one lot pays, by the order of ledger.burn, and something of it is left.
    UPDATE lots l SET left_nano = l.left_nano - f.cost
      FROM (
        SELECT first.id, p.cost FROM paid p CROSS JOIN LATERAL (
          SELECT y.id, y.left_nano FROM lots y WHERE y.workspace_id = p.workspace_id AND y.exhausted_at IS NULL
          ORDER BY y.promotional DESC, y.expires_at ASC NULLS LAST, y.created_at, y.id LIMIT 1) first
        WHERE p.cost > 0 AND first.left_nano > p.cost
      ) f
      WHERE l.id = f.id
      RETURNING l.workspace_id
  )
  SELECT array_agg(c.seq), array_agg(c.member) FILTER (WHERE (c.member)."row" IS NOT FALSE),
      array_agg(c.cost) FILTER (WHERE (c.member)."row" IS NOT FALSE),
      array_agg(c.forgiven) FILTER (WHERE (c.member)."row" IS NOT FALSE),
      array_agg(c.held) FILTER (WHERE (c.member)."row" IS NOT FALSE),
      array_agg(p.wallet_account_id) FILTER (WHERE c.cost > 0), array_agg(-c.cost) FILTER (WHERE c.cost > 0),
      array_agg(c.hold) FILTER (WHERE c.cost > 0),
      coalesce(sum(c.cost + c.forgiven), 0), coalesce(sum(c.forgiven), 0),
      (SELECT array_agg(q.workspace_id) FROM paid q WHERE q.due),
      (SELECT array_agg(ROW(q.workspace_id, q.cost)::ledger.burn_share) FROM paid q
        WHERE q.cost > 0 AND NOT EXISTS (SELECT FROM burnt b WHERE b.workspace_id = q.workspace_id))
    INTO v_closed, v_members, v_charges, v_lost, v_held, v_accounts, v_amounts, v_entry_holds, v_revenue, v_losses,
      v_due, v_burns
    FROM closed c JOIN paid p ON p.workspace_id = c.workspace_id;

  plain := coalesce(cardinality(v_closed), 0);
  others := '[]';
  IF v_burns IS NOT NULL THEN
    FOREACH v_share IN ARRAY v_burns LOOP PERFORM ledger.burn(v_share.workspace_id, v_share.amount_nano); END LOOP;
  END IF;
  IF v_due IS NOT NULL THEN
    -- What follows from more being available.
    FOR w IN SELECT * FROM wallets x WHERE x.workspace_id = ANY (v_due) LOOP
      PERFORM ledger.close_wallet(w, 0);
    END LOOP;
  END IF;

  IF plain < cardinality(p_members) THEN
    w := NULL;
    FOR m IN
      SELECT u.*, u."workspaceId" AS ws, coalesce(u.forgiven, 0) AS forgive, ledger.tokens_of(u) AS used, u AS member
      FROM unnest(p_members) u WHERE v_closed IS NULL OR NOT u.seq = ANY (v_closed) ORDER BY u."workspaceId", u.seq
    LOOP
      IF v_workspace IS DISTINCT FROM m.ws THEN
        PERFORM ledger.close_wallet(w, v_burn);
        v_workspace := m.ws; v_burn := 0;
        SELECT * INTO w FROM wallets x WHERE x.workspace_id = m.ws;
      END IF;

      IF m.hold IS NULL THEN
        v_members := v_members || m.member; v_charges := v_charges || 0::bigint; v_lost := v_lost || 0::bigint; v_held := v_held || 0::bigint;
        plain := plain + 1;
        CONTINUE;
      END IF;
      SELECT * INTO h FROM holds x WHERE x.id = m.hold AND x.workspace_id = m.ws;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no hold % in %', m.hold, m.ws USING ERRCODE = 'no_data_found';
      END IF;
      IF h.status IN ('settled', 'released') OR (h.status = 'reaped' AND m.reap) THEN
        others := others || jsonb_build_object('seq', m.seq, 'charged', h.charged_nano::text, 'loss', h.loss_nano::text, 'replayed', true);
        CONTINUE;
      END IF;
      IF m.cost < 0 OR m.forgive < 0 THEN
        RAISE EXCEPTION 'a cost cannot be negative' USING ERRCODE = 'check_violation';
      END IF;

      IF h.status = 'open' THEN
        v_charge := least(m.cost, h.amount_nano + w.balance_nano - w.reserved_nano);
        w.reserved_nano := w.reserved_nano - h.amount_nano;
        UPDATE key_meters t SET
            total_reserved_nano = t.total_reserved_nano - h.amount_nano, total_spent_nano = t.total_spent_nano + v_charge,
            period_reserved_nano = t.period_reserved_nano - CASE WHEN t.period_start = h.period_start THEN h.amount_nano ELSE 0 END,
            period_spent_nano = t.period_spent_nano + CASE WHEN t.period_start = h.period_start THEN v_charge ELSE 0 END,
            window_tokens = CASE WHEN t.window_start = h.window_start
              THEN greatest(t.window_tokens - h.tokens + m.used, 0) ELSE t.window_tokens END,
            in_flight = t.in_flight - 1
          WHERE t.key_id = h.key_id;
      ELSE
        v_charge := greatest(0, least(m.cost - h.charged_nano, w.balance_nano - w.reserved_nano));
        UPDATE key_meters t SET total_spent_nano = t.total_spent_nano + v_charge,
            period_spent_nano = t.period_spent_nano + CASE WHEN t.period_start = h.period_start THEN v_charge ELSE 0 END
          WHERE t.key_id = h.key_id;
        PERFORM ledger.unrecord(m.ws, m.hold, m."requestId");
        v_losses := v_losses - h.loss_nano; v_revenue := v_revenue - h.loss_nano;
      END IF;
      v_charged := v_charge + CASE WHEN h.status = 'reaped' THEN h.charged_nano ELSE 0 END;
      v_loss := greatest(m.cost - v_charged, 0) + m.forgive;
      w.balance_nano := w.balance_nano - v_charge;
      v_burn := v_burn + v_charge;
      v_revenue := v_revenue + v_charge + v_loss;
      v_losses := v_losses + v_loss;
      IF v_charge > 0 THEN
        v_accounts := v_accounts || w.wallet_account_id; v_amounts := v_amounts || -v_charge; v_entry_holds := v_entry_holds || m.hold;
      END IF;
      UPDATE holds x SET charged_nano = v_charged, loss_nano = v_loss, closed_at = now(), checkpoint = NULL,
          status = CASE WHEN m.reap THEN 'reaped' WHEN v_charged = 0 THEN 'released' ELSE 'settled' END::hold_status
        WHERE x.id = m.hold;
      IF coalesce(m."row", true) THEN
        v_members := v_members || m.member; v_charges := v_charges || v_charged; v_lost := v_lost || v_loss;
        v_held := v_held || h.amount_nano;
      END IF;
      others := others || jsonb_build_object('seq', m.seq, 'charged', v_charged::text, 'loss', v_loss::text, 'replayed', false);
    END LOOP;
    PERFORM ledger.close_wallet(w, v_burn);
  END IF;

  IF cardinality(v_accounts) > 0 OR v_revenue <> 0 THEN
    WITH batch AS (
      INSERT INTO ledger_transactions (kind, actor, amount_nano) VALUES ('calls', 'gateway', v_losses - v_revenue) RETURNING id
    )
    INSERT INTO ledger.entries (transaction_id, account_id, amount_nano, hold_id)
      SELECT batch.id, e.account, e.amount, e.hold
      FROM batch CROSS JOIN unnest(v_accounts || ARRAY[2, 7]::bigint[], v_amounts || ARRAY[v_revenue, -v_losses], v_entry_holds || ARRAY[NULL, NULL]::text[])
        AS e(account, amount, hold)
      WHERE e.amount <> 0;
  END IF;
  IF cardinality(v_members) > 0 THEN PERFORM ledger.record_calls(v_members, v_charges, v_lost, v_held); END IF;
END $$;
ALTER FUNCTION ledger.settle_calls(ledger.settle_member[]) RESET ALL;

-- The reaper, as before, in a turn of its own.
CREATE OR REPLACE FUNCTION ledger.reap(p_dead_after interval, p_limit integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_members ledger.settle_member[];
BEGIN
  SELECT array_agg(jsonb_populate_record(NULL::ledger.settle_member, coalesce(d.checkpoint, '{}'::jsonb) || jsonb_build_object(
      'seq', d.n, 'hold', d.id, 'workspaceId', d.workspace_id, 'keyId', d.key_id, 'reap', true,
      'row', d.checkpoint IS NOT NULL, 'cost', coalesce(d.checkpoint_nano, 0))))
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
  PERFORM ledger.turn(v_members, '{}');
  RETURN cardinality(v_members);
END $$;

DROP FUNCTION ledger.burn_all(text[], bigint[]);
