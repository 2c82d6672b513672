-- An operator's correction downwards: takes what is available and never more, lot by lot as calls would.
-- taken = false: not that much is available, nothing changed. A repeat of the key answers as the first time.
CREATE FUNCTION ledger.take_credits(
  p_workspace text, p_amount bigint, p_key text, p_actor text, p_reason text
) RETURNS TABLE (taken boolean, balance_nano bigint) LANGUAGE plpgsql AS $$
DECLARE
  w wallets;
BEGIN
  PERFORM 1 FROM wallets x WHERE x.workspace_id = p_workspace FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no wallet for %', p_workspace USING ERRCODE = 'no_data_found'; END IF;
  IF p_amount <= 0 THEN RAISE EXCEPTION 'a correction must be positive' USING ERRCODE = 'check_violation'; END IF;
  SELECT * INTO STRICT w FROM wallets x WHERE x.workspace_id = p_workspace;
  IF EXISTS (SELECT FROM ledger_transactions t WHERE t.key = p_key) THEN
    RETURN QUERY SELECT true, w.balance_nano; RETURN;
  END IF;
  IF w.balance_nano - w.reserved_nano < p_amount THEN
    RETURN QUERY SELECT false, w.balance_nano; RETURN;
  END IF;
  PERFORM ledger.burn(p_workspace, p_amount);
  UPDATE wallets x SET balance_nano = x.balance_nano - p_amount WHERE x.workspace_id = p_workspace;
  PERFORM ledger.post('correction', p_key, p_workspace, -p_amount, w.balance_nano - p_amount, w.debt_nano, p_actor,
    p_reason, NULL,
    ARRAY[w.wallet_account_id, (SELECT a.id FROM ledger_accounts a WHERE a.kind = 'adjustments' AND a.workspace_id IS NULL)],
    ARRAY[-p_amount, p_amount]);
  RETURN QUERY SELECT true, w.balance_nano - p_amount;
END $$;
