-- Folding finished days, proving the rollups against the rows, and how routes do.

-- Writes the days between neighbouring bounds of a workspace in a zone from the rollups, in place of what was there,
-- and notes that they are done. Bounds are the first instants of days, in order; the caller knows the calendar.
CREATE FUNCTION usage.fold_days(p_workspace text, p_zone text, p_bounds timestamptz[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_first timestamptz := p_bounds[1];
  v_end timestamptz := p_bounds[cardinality(p_bounds)];
  v_rows integer;
BEGIN
  -- A settle after the reaper takes a call out of its quarter hour, and out of its day if that is written. It has
  -- the wallet locked; only fresh days can be meant.
  IF v_end > now() - interval '3 days' THEN
    PERFORM 1 FROM wallets w WHERE w.workspace_id = p_workspace FOR UPDATE;
  END IF;
  DELETE FROM usage_days d WHERE d.workspace_id = p_workspace AND d.zone = p_zone AND d.day_start >= v_first AND d.day_start < v_end;
  INSERT INTO usage_days (workspace_id, zone, day_start, key_id, model_id, client, dialect, outcome, calls, input_tokens, cached_tokens,
      output_tokens, reasoning_tokens, cost_nano, first_byte_ms_sum, total_ms_sum, cache_write_tokens, timed_tokens, timed_ms,
      max_cost_nano, max_total_ms, first_byte_hist, total_hist)
    SELECT p_workspace, p_zone, p_bounds[width_bucket(u.bucket, p_bounds)], u.key_id, u.model_id, u.client, u.dialect, u.outcome,
      sum(u.calls), sum(u.input_tokens), sum(u.cached_tokens), sum(u.output_tokens), sum(u.reasoning_tokens), sum(u.cost_nano),
      sum(u.first_byte_ms_sum), sum(u.total_ms_sum), sum(u.cache_write_tokens), sum(u.timed_tokens), sum(u.timed_ms),
      max(u.max_cost_nano), max(u.max_total_ms), sum(u.first_byte_hist), sum(u.total_hist)
    FROM usage_rollups u
    WHERE u.workspace_id = p_workspace AND u.bucket >= v_first AND u.bucket < v_end
    GROUP BY 3, 4, 5, 6, 7, 8 HAVING sum(u.calls) > 0 ORDER BY 3, 4, 5, 6, 7, 8;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  UPDATE usage_zones z SET folded_to = v_end WHERE z.workspace_id = p_workspace AND z.zone = p_zone;
  RETURN v_rows;
END $$;

-- Quarter hours of a workspace whose rollups say something else than their rows. Bounds are whole quarters.
CREATE FUNCTION usage.unproven(p_workspace text, p_from timestamptz, p_to timestamptz) RETURNS TABLE (
  bucket timestamptz, rows_calls bigint, rollup_calls bigint, rows_cost_nano bigint, rollup_cost_nano bigint
) LANGUAGE sql STABLE AS $$
  SELECT x.bucket, sum(x.rows_calls)::bigint, sum(x.rollup_calls)::bigint, sum(x.rows_cost)::bigint, sum(x.rollup_cost)::bigint
  FROM (
    SELECT coalesce(s.bucket, u.bucket) AS bucket, coalesce(s.calls, 0) AS rows_calls, coalesce(u.calls, 0) AS rollup_calls,
      coalesce(s.cost_nano, 0) AS rows_cost, coalesce(u.cost_nano, 0) AS rollup_cost,
      (coalesce(s.calls, 0), coalesce(s.input_tokens, 0), coalesce(s.cached_tokens, 0), coalesce(s.output_tokens, 0),
        coalesce(s.reasoning_tokens, 0), coalesce(s.cost_nano, 0), coalesce(s.first_byte_ms_sum, 0), coalesce(s.total_ms_sum, 0),
        coalesce(s.cache_write_tokens, 0), coalesce(s.timed_tokens, 0), coalesce(s.timed_ms, 0), coalesce(s.first_byte_hist, 0),
        coalesce(s.total_hist, 0))
      IS DISTINCT FROM
      (coalesce(u.calls, 0), coalesce(u.input_tokens, 0), coalesce(u.cached_tokens, 0), coalesce(u.output_tokens, 0),
        coalesce(u.reasoning_tokens, 0), coalesce(u.cost_nano, 0), coalesce(u.first_byte_ms_sum, 0), coalesce(u.total_ms_sum, 0),
        coalesce(u.cache_write_tokens, 0), coalesce(u.timed_tokens, 0), coalesce(u.timed_ms, 0), coalesce(u.first_byte_hist, 0),
        coalesce(u.total_hist, 0))
      OR coalesce(s.max_cost_nano > u.max_cost_nano OR s.max_total_ms > u.max_total_ms, false) AS wrong
    FROM usage.sum_calls(p_workspace, p_from, p_to) s
      FULL JOIN (SELECT * FROM usage_rollups r WHERE r.workspace_id = p_workspace AND r.bucket >= p_from AND r.bucket < p_to) u
        ON (u.workspace_id, u.bucket, u.key_id, u.model_id, u.client, u.dialect, u.outcome)
          = (s.workspace_id, s.bucket, s.key_id, s.model_id, s.client, s.dialect, s.outcome)
  ) x
  GROUP BY x.bucket HAVING bool_or(x.wrong) ORDER BY x.bucket
$$;

-- Writes the rollups of some quarter hours of a workspace anew from their rows. The wallet's lock keeps settles away.
CREATE FUNCTION usage.repair(p_workspace text, p_buckets timestamptz[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_bucket timestamptz;
BEGIN
  PERFORM 1 FROM wallets w WHERE w.workspace_id = p_workspace FOR UPDATE;
  FOREACH v_bucket IN ARRAY p_buckets LOOP
    DELETE FROM usage_rollups u WHERE u.workspace_id = p_workspace AND u.bucket = v_bucket;
    INSERT INTO usage_rollups SELECT * FROM usage.sum_calls(p_workspace, v_bucket, v_bucket + interval '15 minutes');
  END LOOP;
END $$;

-- Tries at a route that were given up for another one: a failure of the route, not of the model.
ALTER TABLE usage_health ADD COLUMN given_up bigint NOT NULL DEFAULT 0;

-- How the routes did in each five minutes since some instant, in place of what was known of them. A caller who left
-- before the first byte tells nothing, nor does a call that its caller got wrong.
CREATE FUNCTION usage.measure_routes(p_from timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_from timestamptz := date_bin('5 minutes', p_from, 'epoch');
  v_rows integer;
BEGIN
  INSERT INTO usage_health AS h (bucket, model_id, route_id, connection_id, calls, failed, given_up, timed_tokens, timed_ms, first_byte_hist)
    SELECT x.bucket, x.model_id, x.route_id, max(x.connection_id), count(*) FILTER (WHERE NOT x.given_up),
      count(*) FILTER (WHERE x.failed), count(*) FILTER (WHERE x.given_up), sum(x.timed_tokens), sum(x.timed_ms), coalesce(sum(x.first_byte), 0)
    FROM (
      SELECT date_bin('5 minutes', c.created_at, 'epoch') AS bucket, c.model_id, c.route_id, coalesce(c.connection_id, '') AS connection_id,
        c.outcome IN ('upstream_error', 'empty') AS failed, false AS given_up,
        usage.timed_tokens(c.streamed, c.first_byte_ms, c.total_ms, c.output_tokens + c.reasoning_tokens + c.audio_output_tokens) AS timed_tokens,
        usage.timed_ms(c.streamed, c.first_byte_ms, c.total_ms, c.output_tokens + c.reasoning_tokens + c.audio_output_tokens) AS timed_ms,
        usage.latency(c.first_byte_ms) AS first_byte
      FROM usage.calls c
      WHERE c.created_at >= v_from AND c.route_id IS NOT NULL
        AND (c.outcome IN ('ok', 'cut', 'empty') OR c.outcome = 'upstream_error' AND c.http_status >= 500
          OR c.outcome = 'cancelled' AND c.first_byte_ms IS NOT NULL)
      UNION ALL
      SELECT date_bin('5 minutes', c.created_at, 'epoch'), c.model_id, a.value->>'route', coalesce(a.value->>'connection', ''), false, true, 0, 0, NULL
      FROM usage.calls c CROSS JOIN LATERAL jsonb_array_elements(c.attempts) a
      WHERE c.created_at >= v_from AND jsonb_typeof(c.attempts) = 'array' AND a.value->>'route' IS NOT NULL
    ) x
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (bucket, model_id, route_id) DO UPDATE SET connection_id = excluded.connection_id, calls = excluded.calls,
      failed = excluded.failed, given_up = excluded.given_up, timed_tokens = excluded.timed_tokens, timed_ms = excluded.timed_ms, first_byte_hist = excluded.first_byte_hist;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  RETURN v_rows;
END $$;
