import type { Ctx } from "@/lib/actor";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";

/** A route as the operator sees it; costs in pico-USD per token. */
export interface RouteView {
  id: string;
  modelId: string;
  connection: string;
  upstreamId: string;
  priority: number;
  weight: number;
  inputCostPico: bigint;
  outputCostPico: bigint;
  enabled: boolean;
}

/** Every route, by model and in the order in which they are tried. Throws forbidden. */
export async function listRoutes(ctx: Ctx): Promise<RouteView[]> {
  requireOperator(ctx);
  const rows = await db().route.findMany({
    orderBy: [{ modelId: "asc" }, { priority: "asc" }, { id: "asc" }],
    include: { connection: { select: { name: true, enabled: true } } },
  });
  return rows.map(({ connection, connectionId: _, createdAt: __, ...row }) => ({
    ...row,
    connection: connection.name,
    enabled: row.enabled && connection.enabled,
  }));
}
