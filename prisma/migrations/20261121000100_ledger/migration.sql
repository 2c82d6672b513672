-- The ledger's tables that Prisma does not see, its constraints, and what may never change.
-- The functions follow in the next migrations: 000200 wallet, 000300 calls, 000400 check.

CREATE SCHEMA ledger;
CREATE SCHEMA usage;

-- Wallets, meters, lots and holds: what no code may break. ------------------------------------------------

ALTER TABLE wallets
  ADD CONSTRAINT wallets_available CHECK (balance_nano - reserved_nano >= 0),
  ADD CONSTRAINT wallets_reserved CHECK (reserved_nano >= 0),
  ADD CONSTRAINT wallets_debt CHECK (debt_nano >= 0);
ALTER TABLE wallets SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

ALTER TABLE key_meters
  ADD CONSTRAINT key_meters_spent CHECK (total_spent_nano >= 0 AND period_spent_nano >= 0),
  ADD CONSTRAINT key_meters_reserved CHECK (total_reserved_nano >= 0 AND period_reserved_nano >= 0),
  ADD CONSTRAINT key_meters_window CHECK (window_requests >= 0 AND window_tokens >= 0 AND in_flight >= 0);
ALTER TABLE key_meters SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

ALTER TABLE lots
  ADD CONSTRAINT lots_amount CHECK (amount_nano > 0),
  ADD CONSTRAINT lots_left CHECK (left_nano >= 0 AND left_nano <= amount_nano),
  ADD CONSTRAINT lots_clawed CHECK (clawed_nano >= 0 AND clawed_nano <= amount_nano);

ALTER TABLE holds
  ADD CONSTRAINT holds_amounts CHECK (amount_nano >= 0 AND charged_nano >= 0 AND loss_nano >= 0 AND tokens >= 0);
ALTER TABLE holds SET (fillfactor = 70);

ALTER TABLE prices
  ADD CONSTRAINT prices_not_negative CHECK (
    input_pico >= 0 AND cached_input_pico >= 0 AND cache_write_5m_pico >= 0 AND cache_write_1h_pico >= 0
    AND output_pico >= 0 AND reasoning_pico >= 0 AND audio_input_pico >= 0 AND audio_output_pico >= 0
    AND image_input_pico >= 0 AND request_pico >= 0);

ALTER TABLE packs
  ADD CONSTRAINT packs_amounts CHECK (price_minor > 0 AND credit_nano > 0 AND bonus_nano >= 0);

-- Accounts. The system's have fixed numbers. -----------------------------------------------------------------

CREATE UNIQUE INDEX ledger_accounts_system ON ledger_accounts (kind) WHERE workspace_id IS NULL;
INSERT INTO ledger_accounts (id, kind) VALUES
  (1, 'stripe_clearing'), (2, 'revenue'), (3, 'promotions'), (4, 'adjustments'),
  (5, 'expired'), (6, 'disputes'), (7, 'loss');
SELECT setval(pg_get_serial_sequence('ledger_accounts', 'id'), 1000);

-- Entries. A positive amount on a wallet account is the customer's money. ---------------------------------------

CREATE TABLE ledger.entries (
  transaction_id bigint NOT NULL,
  account_id bigint NOT NULL,
  amount_nano bigint NOT NULL CHECK (amount_nano <> 0),
  hold_id text,
  created_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (created_at);
CREATE INDEX entries_by_account ON ledger.entries (account_id, created_at);
CREATE INDEX entries_by_transaction ON ledger.entries (transaction_id);

-- All entries of a transaction are written by one statement, and must sum to zero.
CREATE FUNCTION ledger.refuse_imbalance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM written GROUP BY transaction_id HAVING sum(amount_nano) <> 0) THEN
    RAISE EXCEPTION 'the entries of a transaction must sum to zero' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER entries_balance AFTER INSERT ON ledger.entries
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_imbalance();

-- Append-only, for everyone: a superuser passes REVOKE, so triggers refuse as well.
CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER entries_immutable BEFORE UPDATE OR DELETE ON ledger.entries
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON ledger.entries
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER transactions_immutable BEFORE UPDATE OR DELETE ON ledger_transactions
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER transactions_no_truncate BEFORE TRUNCATE ON ledger_transactions
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER audit_immutable BEFORE UPDATE OR DELETE ON audit_rows
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_rows
  FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER prices_immutable BEFORE UPDATE ON prices
  FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

-- Usage, one row a call. Names follow lib/usage/types.ts. --------------------------------------------------------

CREATE TABLE usage.calls (
  request_id text NOT NULL,
  hold_id text,
  workspace_id text NOT NULL,
  key_id text NOT NULL,
  model_id text NOT NULL,
  connection_id text,
  route_id text,
  price_id text,
  dialect text NOT NULL,
  client text NOT NULL,
  streamed boolean NOT NULL,
  outcome text NOT NULL,
  http_status integer NOT NULL,
  error_code text,
  finish_reason text,
  input_tokens bigint NOT NULL,
  cached_tokens bigint NOT NULL,
  cache_write_5m_tokens bigint NOT NULL,
  cache_write_1h_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  reasoning_tokens bigint NOT NULL,
  audio_input_tokens bigint NOT NULL,
  audio_output_tokens bigint NOT NULL,
  image_tokens bigint NOT NULL,
  measured boolean NOT NULL,
  clamped_tokens bigint,
  cost_nano bigint NOT NULL CHECK (cost_nano >= 0),
  loss_nano bigint NOT NULL CHECK (loss_nano >= 0),
  reserved_nano bigint NOT NULL,
  upstream_cost_nano bigint NOT NULL,
  queued_ms integer NOT NULL,
  first_byte_ms integer,
  total_ms integer NOT NULL,
  request_bytes integer NOT NULL,
  fallbacks integer NOT NULL,
  started_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
) PARTITION BY RANGE (created_at);
CREATE INDEX calls_by_workspace ON usage.calls (workspace_id, created_at DESC, request_id DESC);
CREATE INDEX calls_by_request ON usage.calls (request_id);

-- Monthly partitions, made ahead by the owner of the schema. A row trigger of the parent is cloned to each
-- partition; a truncate trigger is not, so each gets its own.
CREATE FUNCTION ledger.make_partitions(p_from date, p_months integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_start date := date_trunc('month', p_from)::date;
  v_made integer := 0;
  v_name text;
BEGIN
  FOR i IN 0 .. p_months - 1 LOOP
    v_name := 'entries_' || to_char(v_start, 'YYYY_MM');
    IF to_regclass('ledger.' || v_name) IS NULL THEN
      EXECUTE format('CREATE TABLE ledger.%I PARTITION OF ledger.entries FOR VALUES FROM (%L) TO (%L)',
        v_name, v_start::text || ' 00:00:00+00', (v_start + interval '1 month')::date::text || ' 00:00:00+00');
      EXECUTE format('CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON ledger.%I FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()', v_name);
      v_made := v_made + 1;
    END IF;
    v_name := 'calls_' || to_char(v_start, 'YYYY_MM');
    IF to_regclass('usage.' || v_name) IS NULL THEN
      EXECUTE format('CREATE TABLE usage.%I PARTITION OF usage.calls FOR VALUES FROM (%L) TO (%L)',
        v_name, v_start::text || ' 00:00:00+00', (v_start + interval '1 month')::date::text || ' 00:00:00+00');
      v_made := v_made + 1;
    END IF;
    v_start := (v_start + interval '1 month')::date;
  END LOOP;
  RETURN v_made;
END $$;
SELECT ledger.make_partitions((now() AT TIME ZONE 'UTC')::date - 31, 8);

-- What the role of the running product may do: everything it needs, and nothing to the past.
CREATE FUNCTION ledger.grant_app(p_role text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA public, ledger, usage TO %I', p_role);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %I', p_role);
  EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %I', p_role);
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON ledger_transactions, audit_rows, ledger_accounts FROM %I', p_role);
  EXECUTE format('GRANT SELECT, INSERT ON ledger.entries TO %I', p_role);
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON ledger.entries FROM %I', p_role);
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON usage.calls TO %I', p_role);
  EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger TO %I', p_role);
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON public._prisma_migrations FROM %I', p_role);
  END IF;
END $$;
