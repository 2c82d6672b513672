-- How the routes did in each five minutes since some instant, in place of what was known of them. A caller who left
-- before the first byte tells nothing, nor does a call that its caller got wrong, nor a route that was passed over
-- because it cannot do what was asked.
CREATE OR REPLACE FUNCTION usage.measure_routes(p_from timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
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
        AND a.value->>'kind' NOT IN ('unsupported', 'gone')
    ) x
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (bucket, model_id, route_id) DO UPDATE SET connection_id = excluded.connection_id, calls = excluded.calls,
      failed = excluded.failed, given_up = excluded.given_up, timed_tokens = excluded.timed_tokens, timed_ms = excluded.timed_ms, first_byte_hist = excluded.first_byte_hist;
  GET DIAGNOSTICS v_rows = ROW_COUNT;
  RETURN v_rows;
END $$;
