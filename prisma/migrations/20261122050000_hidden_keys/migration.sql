-- The Playground calls with a key of its own: one per workspace, in no list, with a secret per tab that ends with the
-- browser session that asked for it, or after a quarter of an hour.
ALTER TABLE keys ADD COLUMN hidden boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX keys_hidden ON keys (workspace_id) WHERE (hidden AND revoked_at IS NULL);

ALTER TABLE key_secrets ADD COLUMN session_id text;
CREATE INDEX key_secrets_of_session ON key_secrets (session_id) WHERE (session_id IS NOT NULL);
