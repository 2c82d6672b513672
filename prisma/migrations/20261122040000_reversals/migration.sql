-- Refunds and disputes of purchases, each known by Stripe's id.
CREATE TYPE "reversal_kind" AS ENUM ('refund', 'dispute');

CREATE TABLE "reversals" (
    "id" TEXT NOT NULL,
    "purchase_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "kind" "reversal_kind" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "stands" BOOLEAN NOT NULL DEFAULT true,
    "turns" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reversals_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "purchases" ADD COLUMN "reversals_read_at" TIMESTAMPTZ(6);

CREATE INDEX "reversals_purchase_id_idx" ON "reversals"("purchase_id");
CREATE INDEX "reversals_workspace_id_created_at_idx" ON "reversals"("workspace_id", "created_at" DESC);
ALTER TABLE "reversals" ADD CONSTRAINT "reversals_purchase_id_fkey" FOREIGN KEY ("purchase_id") REFERENCES "purchases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DROP FUNCTION ledger.claw_back(text, text, bigint, bigint, text, text, text);

-- A purchase was refunded, up to p_refunded of p_paid in all. Each lot of the purchase (the bonus too) gives back
-- its face value x refunded / paid, rounded up, cumulatively: first what is left of the lot and available, the
-- rest becomes debt, which any other available credit pays at once. A refund that later fails lowers p_refunded:
-- debt is forgiven first, the remainder comes back as a lot. A dispute is the same against another account, where
-- its money waits for the verdict. p_kind names what happened: refund, refund_failed, dispute, dispute_won.
CREATE FUNCTION ledger.claw_back(
  p_workspace text, p_purchase text, p_refunded bigint, p_paid bigint, p_key text, p_actor text, p_reason text,
  p_contra account_kind DEFAULT 'stripe_clearing', p_kind text DEFAULT 'refund'
) RETURNS TABLE (taken_nano bigint, debt_nano bigint, restored_nano bigint) LANGUAGE plpgsql AS $$
DECLARE
  w wallets;
  v_lot record;
  v_change bigint;
  v_take bigint;
  v_forgive bigint;
  v_contra bigint;
  v_paid_account bigint;
  v_undone text := CASE p_kind WHEN 'refund' THEN 'refund_failed' WHEN 'dispute' THEN 'dispute_won' ELSE p_kind END;
  v_taken bigint := 0;
  v_debt bigint := 0;
  v_restored bigint := 0;
BEGIN
  SELECT a.id INTO STRICT v_paid_account FROM ledger_accounts a WHERE a.kind = p_contra AND a.workspace_id IS NULL;
  PERFORM 1 FROM wallets x WHERE x.workspace_id = p_workspace FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'no wallet for %', p_workspace USING ERRCODE = 'no_data_found'; END IF;
  IF p_paid <= 0 OR p_refunded < 0 OR p_refunded > p_paid THEN
    RAISE EXCEPTION 'a refund lies between nothing and what was paid' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM ledger_transactions t WHERE starts_with(t.key, p_key || ':')) THEN
    RETURN QUERY SELECT 0::bigint, 0::bigint, 0::bigint; RETURN;
  END IF;
  FOR v_lot IN
    SELECT * FROM lots l WHERE l.purchase_id = p_purchase AND l.workspace_id = p_workspace AND l.source NOT IN ('refund_failed', 'dispute_won')
    ORDER BY l.created_at, l.id
  LOOP
    SELECT * INTO STRICT w FROM wallets x WHERE x.workspace_id = p_workspace;
    v_contra := CASE WHEN v_lot.promotional THEN 3 ELSE v_paid_account END;
    v_change := ceil(v_lot.amount_nano::numeric * p_refunded / p_paid)::bigint - v_lot.clawed_nano;
    IF v_change > 0 THEN
      v_take := greatest(0, least(v_change, v_lot.left_nano, w.balance_nano - w.reserved_nano));
      UPDATE lots l SET left_nano = l.left_nano - v_take, clawed_nano = l.clawed_nano + v_change,
        exhausted_at = CASE WHEN l.left_nano = v_take THEN coalesce(l.exhausted_at, now()) END WHERE l.id = v_lot.id;
      UPDATE wallets x SET balance_nano = x.balance_nano - v_take, debt_nano = x.debt_nano + v_change - v_take
        WHERE x.workspace_id = p_workspace;
      PERFORM ledger.post(p_kind, p_key || ':' || v_lot.id, p_workspace, -v_take, w.balance_nano - v_take,
        w.debt_nano + v_change - v_take, p_actor, p_reason, p_purchase,
        ARRAY[w.wallet_account_id, w.debt_account_id, v_contra], ARRAY[-v_take, v_take - v_change, v_change]);
      v_taken := v_taken + v_take;
      v_debt := v_debt + v_change - v_take;
    ELSIF v_change < 0 THEN
      v_forgive := least(w.debt_nano, -v_change);
      UPDATE lots l SET clawed_nano = l.clawed_nano + v_change WHERE l.id = v_lot.id;
      UPDATE wallets x SET debt_nano = x.debt_nano - v_forgive, balance_nano = x.balance_nano - v_change - v_forgive
        WHERE x.workspace_id = p_workspace;
      PERFORM ledger.post(v_undone, p_key || ':' || v_lot.id, p_workspace, -v_change - v_forgive,
        w.balance_nano - v_change - v_forgive, w.debt_nano - v_forgive, p_actor, p_reason, p_purchase,
        ARRAY[w.wallet_account_id, w.debt_account_id, v_contra], ARRAY[-v_change - v_forgive, v_forgive, v_change]);
      IF -v_change > v_forgive THEN
        INSERT INTO lots (id, workspace_id, source, promotional, amount_nano, left_nano, expires_at, purchase_id, transaction_id)
          SELECT 'lot_' || replace(gen_random_uuid()::text, '-', ''), p_workspace, v_undone, v_lot.promotional,
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

-- A dispute was lost: what waited for the verdict has left the payment account for good. Once per dispute.
CREATE FUNCTION ledger.lose_dispute(p_workspace text, p_dispute text, p_actor text, p_purchase text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  w wallets;
  v_disputes bigint;
  v_waiting bigint;
BEGIN
  SELECT * INTO STRICT w FROM wallets x WHERE x.workspace_id = p_workspace FOR UPDATE;
  IF EXISTS (SELECT FROM ledger_transactions t WHERE t.key = 'dispute_lost:' || p_dispute) THEN RETURN 0; END IF;
  SELECT a.id INTO STRICT v_disputes FROM ledger_accounts a WHERE a.kind = 'disputes' AND a.workspace_id IS NULL;
  SELECT coalesce(sum(e.amount_nano), 0) INTO v_waiting
    FROM ledger_transactions t JOIN ledger.entries e ON e.transaction_id = t.id
    WHERE starts_with(t.key, 'dispute:' || p_dispute || ':') AND e.account_id = v_disputes;
  PERFORM ledger.post('dispute_lost', 'dispute_lost:' || p_dispute, p_workspace, 0, w.balance_nano, w.debt_nano,
    p_actor, NULL, p_purchase, ARRAY[v_disputes, 1]::bigint[], ARRAY[-v_waiting, v_waiting]);
  RETURN v_waiting;
END $$;
