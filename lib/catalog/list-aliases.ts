import type { Ctx } from "@/lib/actor";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import type { RouteStrategy } from "@/prisma/generated/client";

export interface AliasView {
  id: string;
  displayName: string;
  strategy: RouteStrategy;
  /** In order of preference. */
  models: string[];
  enabled: boolean;
}

/** Every alias, by id. Throws forbidden. */
export async function listAliases(ctx: Ctx): Promise<AliasView[]> {
  requireOperator(ctx);
  const rows = await db().model.findMany({
    where: { alias: true },
    orderBy: { id: "asc" },
    include: { targets: { orderBy: { position: "asc" }, select: { modelId: true } } },
  });
  return rows.map(({ id, displayName, strategy, targets, enabled }) => ({
    id,
    displayName,
    strategy,
    models: targets.map(({ modelId }) => modelId),
    enabled,
  }));
}
