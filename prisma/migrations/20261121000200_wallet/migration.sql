-- Credits in and out of a wallet. Every function locks the wallet in its first statement and decides after.

CREATE FUNCTION ledger.open_wallet(p_workspace text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_wallet bigint;
  v_debt bigint;
BEGIN
  IF EXISTS (SELECT FROM wallets WHERE workspace_id = p_workspace) THEN RETURN; END IF;
  INSERT INTO ledger_accounts (kind, workspace_id) VALUES ('wallet', p_workspace) RETURNING id INTO v_wallet;
  INSERT INTO ledger_accounts (kind, workspace_id) VALUES ('debt', p_workspace) RETURNING id INTO v_debt;
  INSERT INTO wallets (workspace_id, wallet_account_id, debt_account_id) VALUES (p_workspace, v_wallet, v_debt);
END $$;

-- Writes one transaction and its entries. Accounts with a zero amount are left out.
CREATE FUNCTION ledger.post(
  p_kind text, p_key text, p_workspace text, p_amount bigint, p_balance bigint, p_debt bigint,
  p_actor text, p_reason text, p_purchase text, p_accounts bigint[], p_amounts bigint[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint;
BEGIN
  INSERT INTO ledger_transactions
    (key, kind, workspace_id, amount_nano, balance_after_nano, debt_after_nano, actor, reason, purchase_id)
    VALUES (p_key, p_kind, p_workspace, p_amount, p_balance, p_debt, p_actor, p_reason, p_purchase)
    RETURNING id INTO v_id;
  INSERT INTO ledger.entries (transaction_id, account_id, amount_nano)
    SELECT v_id, e.account, e.amount FROM unnest(p_accounts, p_amounts) AS e(account, amount) WHERE e.amount <> 0;
  RETURN v_id;
END $$;

-- Takes an amount out of the lots: promotional first, then earliest expiry, then oldest.
-- The caller holds the wallet's lock and moves the wallet itself.
CREATE FUNCTION ledger.burn(p_workspace text, p_amount bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_rest bigint := p_amount;
  v_take bigint;
  v_lot record;
BEGIN
  IF p_amount <= 0 THEN RETURN; END IF;
  FOR v_lot IN
    SELECT id, left_nano FROM lots WHERE workspace_id = p_workspace AND exhausted_at IS NULL
    ORDER BY promotional DESC, expires_at ASC NULLS LAST, created_at, id
  LOOP
    v_take := least(v_lot.left_nano, v_rest);
    UPDATE lots SET left_nano = left_nano - v_take,
      exhausted_at = CASE WHEN left_nano = v_take THEN now() END WHERE id = v_lot.id;
    v_rest := v_rest - v_take;
    EXIT WHEN v_rest = 0;
  END LOOP;
  IF v_rest > 0 THEN
    RAISE EXCEPTION 'lots of % are short of the balance by %', p_workspace, v_rest USING ERRCODE = 'data_corrupted';
  END IF;
END $$;

-- What became available pays a debt before anything else. The caller holds the wallet's lock.
CREATE FUNCTION ledger.pay_debt(p_workspace text, p_actor text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  w wallets;
  v_pay bigint;
BEGIN
  SELECT * INTO STRICT w FROM wallets WHERE workspace_id = p_workspace;
  v_pay := least(w.debt_nano, w.balance_nano - w.reserved_nano);
  IF v_pay <= 0 THEN RETURN 0; END IF;
  PERFORM ledger.burn(p_workspace, v_pay);
  UPDATE wallets SET balance_nano = balance_nano - v_pay, debt_nano = debt_nano - v_pay WHERE workspace_id = p_workspace;
  PERFORM ledger.post('debt_payment', NULL, p_workspace, -v_pay, w.balance_nano - v_pay, w.debt_nano - v_pay,
    p_actor, NULL, NULL, ARRAY[w.wallet_account_id, w.debt_account_id], ARRAY[-v_pay, v_pay]);
  RETURN v_pay;
END $$;

-- Expired lots give up what is left of them and available; what open calls hold expires when it is released.
-- The caller holds the wallet's lock.
CREATE FUNCTION ledger.expire_due(p_workspace text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  w wallets;
  v_lot record;
  v_take bigint;
  v_total bigint := 0;
BEGIN
  SELECT * INTO STRICT w FROM wallets WHERE workspace_id = p_workspace;
  FOR v_lot IN
    SELECT id, left_nano, source, purchase_id FROM lots
    WHERE workspace_id = p_workspace AND exhausted_at IS NULL AND expires_at <= now()
    ORDER BY expires_at, created_at, id
  LOOP
    v_take := least(v_lot.left_nano, w.balance_nano - w.reserved_nano);
    EXIT WHEN v_take <= 0;
    UPDATE lots SET left_nano = left_nano - v_take,
      exhausted_at = CASE WHEN left_nano = v_take THEN now() END WHERE id = v_lot.id;
    w.balance_nano := w.balance_nano - v_take;
    v_total := v_total + v_take;
    PERFORM ledger.post('expiry', NULL, p_workspace, -v_take, w.balance_nano, w.debt_nano, 'system:expiry',
      v_lot.source, v_lot.purchase_id, ARRAY[w.wallet_account_id, 5], ARRAY[-v_take, v_take]);
  END LOOP;
  UPDATE wallets SET balance_nano = w.balance_nano, next_expiry_at = (
      SELECT min(expires_at) FROM lots WHERE workspace_id = p_workspace AND exhausted_at IS NULL)
    WHERE workspace_id = p_workspace;
  RETURN v_total;
END $$;

-- For the worker: wallets with something due. Returns how much expired.
CREATE FUNCTION ledger.expire_all(p_limit integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_workspace text;
  v_total bigint := 0;
BEGIN
  FOR v_workspace IN
    SELECT workspace_id FROM wallets WHERE next_expiry_at <= now() AND balance_nano > reserved_nano
    ORDER BY workspace_id LIMIT p_limit FOR UPDATE SKIP LOCKED
  LOOP
    v_total := v_total + ledger.expire_due(v_workspace);
  END LOOP;
  RETURN v_total;
END $$;

-- Adds a lot of credit. The key makes it happen once: a repeat answers granted = false and changes nothing.
CREATE FUNCTION ledger.grant_credits(
  p_workspace text, p_lot text, p_amount bigint, p_promotional boolean, p_source text, p_key text,
  p_actor text, p_reason text, p_purchase text, p_expires timestamptz, p_contra account_kind
) RETURNS TABLE (transaction_id bigint, granted boolean, balance_nano bigint) LANGUAGE plpgsql AS $$
DECLARE
  w wallets;
  v_id bigint;
BEGIN
  PERFORM 1 FROM wallets x WHERE x.workspace_id = p_workspace FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no wallet for %', p_workspace USING ERRCODE = 'no_data_found'; END IF;
  IF p_amount <= 0 THEN RAISE EXCEPTION 'a grant must be positive' USING ERRCODE = 'check_violation'; END IF;
  SELECT * INTO STRICT w FROM wallets x WHERE x.workspace_id = p_workspace;
  SELECT t.id INTO v_id FROM ledger_transactions t WHERE t.key = p_key;
  IF FOUND THEN RETURN QUERY SELECT v_id, false, w.balance_nano; RETURN; END IF;
  v_id := ledger.post('grant:' || p_source, p_key, p_workspace, p_amount, w.balance_nano + p_amount, w.debt_nano,
    p_actor, p_reason, p_purchase,
    ARRAY[w.wallet_account_id, (SELECT a.id FROM ledger_accounts a WHERE a.kind = p_contra AND a.workspace_id IS NULL)],
    ARRAY[p_amount, -p_amount]);
  INSERT INTO lots (id, workspace_id, source, promotional, amount_nano, left_nano, expires_at, purchase_id, transaction_id)
    VALUES (p_lot, p_workspace, p_source, p_promotional, p_amount, p_amount, p_expires, p_purchase, v_id);
  UPDATE wallets x SET balance_nano = x.balance_nano + p_amount, next_expiry_at = least(x.next_expiry_at, p_expires)
    WHERE x.workspace_id = p_workspace;
  PERFORM ledger.pay_debt(p_workspace, p_actor);
  IF w.next_expiry_at <= now() THEN PERFORM ledger.expire_due(p_workspace); END IF;
  RETURN QUERY SELECT v_id, true, x.balance_nano FROM wallets x WHERE x.workspace_id = p_workspace;
END $$;

-- A purchase was refunded, up to p_refunded of p_paid in all. Each lot of the purchase (the bonus too) gives back
-- its face value x refunded / paid, rounded up, cumulatively: first what is left of the lot and available, the
-- rest becomes debt, which any other available credit pays at once. A refund that later fails lowers p_refunded:
-- debt is forgiven first, the remainder comes back as a lot.
CREATE FUNCTION ledger.claw_back(
  p_workspace text, p_purchase text, p_refunded bigint, p_paid bigint, p_key text, p_actor text, p_reason text
) RETURNS TABLE (taken_nano bigint, debt_nano bigint, restored_nano bigint) LANGUAGE plpgsql AS $$
DECLARE
  w wallets;
  v_lot record;
  v_change bigint;
  v_take bigint;
  v_forgive bigint;
  v_contra bigint;
  v_taken bigint := 0;
  v_debt bigint := 0;
  v_restored bigint := 0;
BEGIN
  PERFORM 1 FROM wallets x WHERE x.workspace_id = p_workspace FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no wallet for %', p_workspace USING ERRCODE = 'no_data_found'; END IF;
  IF p_paid <= 0 OR p_refunded < 0 OR p_refunded > p_paid THEN
    RAISE EXCEPTION 'a refund lies between nothing and what was paid' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM ledger_transactions t WHERE starts_with(t.key, p_key || ':')) THEN
    RETURN QUERY SELECT 0::bigint, 0::bigint, 0::bigint; RETURN;
  END IF;
  FOR v_lot IN
    SELECT * FROM lots l WHERE l.purchase_id = p_purchase AND l.workspace_id = p_workspace AND l.source <> 'refund_failed'
    ORDER BY l.created_at, l.id
  LOOP
    SELECT * INTO STRICT w FROM wallets x WHERE x.workspace_id = p_workspace;
    v_contra := CASE WHEN v_lot.promotional THEN 3 ELSE 1 END;
    v_change := ceil(v_lot.amount_nano::numeric * p_refunded / p_paid)::bigint - v_lot.clawed_nano;
    IF v_change > 0 THEN
      v_take := greatest(0, least(v_change, v_lot.left_nano, w.balance_nano - w.reserved_nano));
      UPDATE lots l SET left_nano = l.left_nano - v_take, clawed_nano = l.clawed_nano + v_change,
        exhausted_at = CASE WHEN l.left_nano = v_take THEN coalesce(l.exhausted_at, now()) END WHERE l.id = v_lot.id;
      UPDATE wallets x SET balance_nano = x.balance_nano - v_take, debt_nano = x.debt_nano + v_change - v_take
        WHERE x.workspace_id = p_workspace;
      PERFORM ledger.post('refund', p_key || ':' || v_lot.id, p_workspace, -v_take, w.balance_nano - v_take,
        w.debt_nano + v_change - v_take, p_actor, p_reason, p_purchase,
        ARRAY[w.wallet_account_id, w.debt_account_id, v_contra], ARRAY[-v_take, v_take - v_change, v_change]);
      v_taken := v_taken + v_take;
      v_debt := v_debt + v_change - v_take;
    ELSIF v_change < 0 THEN
      v_forgive := least(w.debt_nano, -v_change);
      UPDATE lots l SET clawed_nano = l.clawed_nano + v_change WHERE l.id = v_lot.id;
      UPDATE wallets x SET debt_nano = x.debt_nano - v_forgive, balance_nano = x.balance_nano - v_change - v_forgive
        WHERE x.workspace_id = p_workspace;
      PERFORM ledger.post('refund_failed', p_key || ':' || v_lot.id, p_workspace, -v_change - v_forgive,
        w.balance_nano - v_change - v_forgive, w.debt_nano - v_forgive, p_actor, p_reason, p_purchase,
        ARRAY[w.wallet_account_id, w.debt_account_id, v_contra], ARRAY[-v_change - v_forgive, v_forgive, v_change]);
      IF -v_change > v_forgive THEN
        INSERT INTO lots (id, workspace_id, source, promotional, amount_nano, left_nano, expires_at, purchase_id, transaction_id)
          SELECT 'lot_' || replace(gen_random_uuid()::text, '-', ''), p_workspace, 'refund_failed', v_lot.promotional,
            -v_change - v_forgive, -v_change - v_forgive, v_lot.expires_at, p_purchase, t.id
          FROM ledger_transactions t WHERE t.key = p_key || ':' || v_lot.id;
        UPDATE wallets x SET next_expiry_at = least(x.next_expiry_at, v_lot.expires_at) WHERE x.workspace_id = p_workspace;
      END IF;
      v_restored := v_restored - v_change;
    END IF;
  END LOOP;
  PERFORM ledger.pay_debt(p_workspace, p_actor);
  PERFORM ledger.expire_due(p_workspace);
  RETURN QUERY SELECT v_taken, v_debt, v_restored;
END $$;
