-- Credit that is about to expire is announced once.
ALTER TABLE "lots" ADD COLUMN "expiry_told_at" TIMESTAMPTZ(3);

CREATE INDEX "lots_expiring" ON "lots"("expires_at") WHERE exhausted_at IS NULL AND expiry_told_at IS NULL AND expires_at IS NOT NULL;
