-- Codes and gifts, trial credit, automatic top-up, and what people are told about their money.

-- CreateEnum
CREATE TYPE "purchase_kind" AS ENUM ('checkout', 'auto_top_up');

-- AlterTable
ALTER TABLE "purchases" ADD COLUMN     "kind" "purchase_kind" NOT NULL DEFAULT 'checkout';

-- CreateTable
CREATE TABLE "promo_codes" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "amount_nano" BIGINT NOT NULL,
    "max_uses" INTEGER,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "ends_at" TIMESTAMPTZ(3),
    "credit_lasts_days" INTEGER,
    "note" TEXT NOT NULL DEFAULT '',
    "withdrawn_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promo_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_redemptions" (
    "code_id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "code_redemptions_pkey" PRIMARY KEY ("code_id","workspace_id")
);

-- CreateTable
CREATE TABLE "trial_grants" (
    "email_digest" BYTEA NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trial_grants_pkey" PRIMARY KEY ("email_digest")
);

-- CreateTable
CREATE TABLE "auto_top_ups" (
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "threshold_nano" BIGINT NOT NULL,
    "pack_id" TEXT NOT NULL,
    "monthly_cap_minor" BIGINT NOT NULL,
    "payment_method_id" TEXT,
    "card_label" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "stopped" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "auto_top_ups_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "money_alerts" (
    "workspace_id" TEXT NOT NULL,
    "low_balance_nano" BIGINT,
    "low_balance_told_at" TIMESTAMPTZ(3),
    "webhook_url" TEXT,
    "webhook_secret_cipher" BYTEA,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "money_alerts_pkey" PRIMARY KEY ("workspace_id")
);

-- CreateTable
CREATE TABLE "budget_alerts" (
    "key_id" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "percent" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_alerts_pkey" PRIMARY KEY ("key_id","period_start","percent")
);

-- CreateTable
CREATE TABLE "customer_events" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "delivered_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_events_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "promo_codes_code_key" ON "promo_codes"("code");

-- CreateIndex
CREATE INDEX "auto_top_ups_live" ON "auto_top_ups"("workspace_id") WHERE (enabled AND stopped IS NULL);

-- CreateIndex
CREATE INDEX "customer_events_due" ON "customer_events"("next_attempt_at") WHERE (next_attempt_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "customer_events_workspace_id_created_at_idx" ON "customer_events"("workspace_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "code_redemptions" ADD CONSTRAINT "code_redemptions_code_id_fkey" FOREIGN KEY ("code_id") REFERENCES "promo_codes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


