-- What a workspace's calls were made with and to, and from when to when: what its filters offer.
CREATE TABLE usage_kinds (
  workspace_id text NOT NULL,
  key_id text NOT NULL,
  model_id text NOT NULL,
  client text NOT NULL,
  first_day timestamptz(0) NOT NULL,
  last_day timestamptz(0) NOT NULL,
  CONSTRAINT usage_kinds_pkey PRIMARY KEY (workspace_id, key_id, model_id, client)
);
INSERT INTO usage_kinds SELECT workspace_id, key_id, model_id, client, min(day_start), max(day_start)
  FROM usage_days WHERE zone = 'UTC' GROUP BY 1, 2, 3, 4;

-- Writes the days between neighbouring bounds of a workspace in a zone from the rollups, in place of what was there,
-- and notes that they are done. Bounds are the first instants of days, in order; the caller knows the calendar.
CREATE OR REPLACE FUNCTION usage.fold_days(p_workspace text, p_zone text, p_bounds timestamptz[]) RETURNS integer LANGUAGE plpgsql AS $$
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
  IF p_zone = 'UTC' THEN
    INSERT INTO usage_kinds AS k (workspace_id, key_id, model_id, client, first_day, last_day)
      SELECT p_workspace, d.key_id, d.model_id, d.client, min(d.day_start), max(d.day_start)
      FROM usage_days d
      WHERE d.workspace_id = p_workspace AND d.zone = 'UTC' AND d.day_start >= v_first AND d.day_start < v_end
      GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
      ON CONFLICT (workspace_id, key_id, model_id, client) DO UPDATE SET
        first_day = least(k.first_day, excluded.first_day), last_day = greatest(k.last_day, excluded.last_day);
  END IF;
  UPDATE usage_zones z SET folded_to = v_end WHERE z.workspace_id = p_workspace AND z.zone = p_zone;
  RETURN v_rows;
END $$;
