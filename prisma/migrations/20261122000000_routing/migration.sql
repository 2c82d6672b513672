-- Routing: what a connection speaks, how long a plain answer may take, strategies, aliases.

CREATE TYPE "route_strategy" AS ENUM ('priority', 'cheapest', 'fastest');
CREATE TYPE "model_kind" AS ENUM ('chat', 'embeddings');

ALTER TABLE "connections"
  ADD COLUMN "dialects" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "plain_timeout_ms" INTEGER NOT NULL DEFAULT 600000;

ALTER TABLE "models"
  ADD COLUMN "kind" "model_kind" NOT NULL DEFAULT 'chat',
  ADD COLUMN "alias" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "strategy" "route_strategy" NOT NULL DEFAULT 'priority',
  ADD COLUMN "audio" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "alias_targets" (
  "alias_id" TEXT NOT NULL,
  "model_id" TEXT NOT NULL,
  "position" INTEGER NOT NULL,
  CONSTRAINT "alias_targets_pkey" PRIMARY KEY ("alias_id", "model_id")
);
CREATE INDEX "alias_targets_model_id_idx" ON "alias_targets" ("model_id");
ALTER TABLE "alias_targets"
  ADD CONSTRAINT "alias_targets_alias_id_fkey" FOREIGN KEY ("alias_id") REFERENCES "models" ("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "alias_targets_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models" ("id")
    ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "alias_targets_not_itself" CHECK ("alias_id" <> "model_id");
