-- What reconciliation with the payment provider found and must not guess about.
CREATE TABLE "mismatches" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "object_id" TEXT NOT NULL,
    "purchase_id" TEXT,
    "detail" TEXT NOT NULL,
    "resolution" TEXT,
    "resolved_by" TEXT,
    "resolved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mismatches_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "mismatches_open" ON "mismatches"("created_at" DESC) WHERE resolved_at IS NULL;
