-- Keyset paging of a workspace's keys, reminders that are sent once, and answers that may be repeated.

ALTER TABLE "workspaces" ADD COLUMN "key_reminder_days" INTEGER NOT NULL DEFAULT 90;
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_key_reminder_days" CHECK (key_reminder_days BETWEEN 0 AND 3650);

ALTER TABLE "keys" ADD COLUMN "expiry_warned_for" TIMESTAMPTZ(3), ADD COLUMN "expiry_told_for" TIMESTAMPTZ(3);
ALTER TABLE "key_secrets" ADD COLUMN "reminded_at" TIMESTAMPTZ(3);

DROP INDEX "keys_workspace_id_created_at_idx";
CREATE INDEX "keys_workspace_id_created_at_id_idx" ON "keys"("workspace_id", "created_at" DESC, "id" DESC);
CREATE INDEX "keys_expiring" ON "keys"("expires_at") WHERE (revoked_at IS NULL AND expires_at IS NOT NULL);
CREATE INDEX "key_secrets_last_four_idx" ON "key_secrets"("last_four");
CREATE INDEX "key_secrets_not_reminded" ON "key_secrets"("created_at") WHERE (ends_at IS NULL AND reminded_at IS NULL);

-- What has expired already is not news.
UPDATE "keys" SET "expiry_warned_for" = "expires_at", "expiry_told_for" = "expires_at" WHERE "expires_at" <= now();

CREATE TABLE "idempotent_answers" (
    "key_id" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "request_digest" BYTEA NOT NULL,
    "status" INTEGER NOT NULL,
    "body_cipher" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotent_answers_pkey" PRIMARY KEY ("key_id", "digest")
);
CREATE INDEX "idempotent_answers_created_at_idx" ON "idempotent_answers"("created_at");
ALTER TABLE "idempotent_answers" ADD CONSTRAINT "idempotent_answers_key_id_fkey"
  FOREIGN KEY ("key_id") REFERENCES "keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
