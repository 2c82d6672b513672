-- Every way in which the money could disagree with itself. No rows: no drift. Read it in one snapshot.
CREATE FUNCTION ledger.check_drift() RETURNS TABLE (what text, subject text, expected numeric, found numeric)
LANGUAGE sql STABLE AS $$
  SELECT 'entries of a transaction sum to zero', transaction_id::text, 0::numeric, sum(amount_nano)
    FROM ledger.entries GROUP BY transaction_id HAVING sum(amount_nano) <> 0
  UNION ALL
  SELECT 'entry without its transaction', e.transaction_id::text, 1, 0
    FROM ledger.entries e LEFT JOIN ledger_transactions t ON t.id = e.transaction_id WHERE t.id IS NULL GROUP BY e.transaction_id
  UNION ALL
  SELECT 'wallet balance equals its entries', w.workspace_id, coalesce(e.total, 0), w.balance_nano
    FROM wallets w LEFT JOIN (SELECT account_id, sum(amount_nano) AS total FROM ledger.entries GROUP BY 1) e ON e.account_id = w.wallet_account_id
    WHERE w.balance_nano <> coalesce(e.total, 0)
  UNION ALL
  SELECT 'wallet debt equals its entries', w.workspace_id, -coalesce(e.total, 0), w.debt_nano
    FROM wallets w LEFT JOIN (SELECT account_id, sum(amount_nano) AS total FROM ledger.entries GROUP BY 1) e ON e.account_id = w.debt_account_id
    WHERE w.debt_nano <> -coalesce(e.total, 0)
  UNION ALL
  SELECT 'wallet balance equals what is left of its lots', w.workspace_id, coalesce(l.total, 0), w.balance_nano
    FROM wallets w LEFT JOIN (SELECT workspace_id, sum(left_nano) AS total FROM lots GROUP BY 1) l USING (workspace_id)
    WHERE w.balance_nano <> coalesce(l.total, 0)
  UNION ALL
  SELECT 'lot is marked exhausted when nothing is left', id, 0, left_nano FROM lots WHERE (left_nano = 0) <> (exhausted_at IS NOT NULL)
  UNION ALL
  SELECT 'wallet reserve equals its open holds', w.workspace_id, coalesce(h.total, 0), w.reserved_nano
    FROM wallets w LEFT JOIN (SELECT workspace_id, sum(amount_nano) AS total FROM holds WHERE status = 'open' GROUP BY 1) h USING (workspace_id)
    WHERE w.reserved_nano <> coalesce(h.total, 0)
  UNION ALL
  SELECT 'balance and available are not negative', workspace_id, 0, balance_nano - reserved_nano
    FROM wallets WHERE balance_nano < 0 OR balance_nano < reserved_nano
  UNION ALL
  SELECT 'key reserve equals its open holds', m.key_id, coalesce(h.total, 0), m.total_reserved_nano
    FROM key_meters m LEFT JOIN (SELECT key_id, sum(amount_nano) AS total FROM holds WHERE status = 'open' GROUP BY 1) h USING (key_id)
    WHERE m.total_reserved_nano <> coalesce(h.total, 0)
  UNION ALL
  SELECT 'key calls in flight equal its open holds', m.key_id, coalesce(h.total, 0), m.in_flight
    FROM key_meters m LEFT JOIN (SELECT key_id, count(*) AS total FROM holds WHERE status = 'open' GROUP BY 1) h USING (key_id)
    WHERE m.in_flight <> coalesce(h.total, 0)
  UNION ALL
  SELECT 'key spend equals its rollups', m.key_id, coalesce(u.total, 0), m.total_spent_nano
    FROM key_meters m LEFT JOIN (SELECT key_id, sum(cost_nano) AS total FROM usage_rollups GROUP BY 1) u USING (key_id)
    WHERE m.total_spent_nano <> coalesce(u.total, 0)
  UNION ALL
  SELECT 'calls paid by a wallet equal its rollups', w.workspace_id, coalesce(u.total, 0), -coalesce(e.total, 0)
    FROM wallets w
      LEFT JOIN (SELECT account_id, sum(amount_nano) AS total FROM ledger.entries WHERE hold_id IS NOT NULL GROUP BY 1) e ON e.account_id = w.wallet_account_id
      LEFT JOIN (SELECT workspace_id, sum(cost_nano) AS total FROM usage_rollups GROUP BY 1) u USING (workspace_id)
    WHERE coalesce(u.total, 0) <> -coalesce(e.total, 0)
  UNION ALL
  SELECT 'usage rows equal the rollups of their quarter hour', coalesce(u.workspace_id, c.workspace_id) || ' ' || coalesce(u.bucket, c.bucket)::text,
      coalesce(c.total, 0), coalesce(u.total, 0)
    FROM (SELECT workspace_id, bucket, sum(cost_nano) AS total, sum(calls) AS n FROM usage_rollups
          WHERE bucket >= (SELECT date_bin('15 minutes', min(created_at), 'epoch') FROM usage.calls) GROUP BY 1, 2) u
      FULL JOIN (SELECT workspace_id, date_bin('15 minutes', created_at, 'epoch') AS bucket, sum(cost_nano) AS total, count(*) AS n FROM usage.calls GROUP BY 1, 2) c
        ON c.workspace_id = u.workspace_id AND c.bucket = u.bucket
    WHERE (coalesce(c.total, 0), coalesce(c.n, 0)) IS DISTINCT FROM (coalesce(u.total, 0), coalesce(u.n, 0))
$$;
