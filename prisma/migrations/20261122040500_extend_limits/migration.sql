-- Streams take more as they go. Nothing, or at least the minimum; never more tokens than the key's minute has left.
CREATE OR REPLACE FUNCTION ledger.extend_batch(p_members jsonb) RETURNS TABLE (seq integer, added bigint, amount_nano bigint)
LANGUAGE plpgsql AS $$
DECLARE
  m record;
  v_left bigint;
  v_tokens_left bigint;
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
          THEN k.period_budget_nano - t.period_spent_nano - t.period_reserved_nano END),
        -- What a window allows is asked while it runs; a call counts in the window of its reserve.
        CASE WHEN h.window_start = t.window_start AND clock_timestamp() < t.window_start + interval '60 seconds'
          THEN k.tokens_per_minute - t.window_tokens END
      INTO v_left, v_tokens_left
      FROM holds h JOIN wallets w ON w.workspace_id = h.workspace_id AND w.frozen_at IS NULL AND w.debt_nano = 0
        JOIN keys k ON k.id = h.key_id JOIN key_meters t ON t.key_id = h.key_id
      WHERE h.id = m.hold AND h.workspace_id = m.ws AND h.status = 'open';
    IF v_left IS NULL THEN RETURN NEXT; CONTINUE; END IF;
    v_add := CASE
      WHEN ledger.cost(0, m.price, m.add) <= v_left THEN m.add
      ELSE least(m.add, greatest(v_left, 0) / greatest((m.price + 999) / 1000, 1)) END;
    IF v_tokens_left IS NOT NULL THEN v_add := least(v_add, greatest(v_tokens_left, 0)); END IF;
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
