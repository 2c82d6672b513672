import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { findConnectionId } from "@/lib/catalog/find-connection-id";
import { NewRoute, type NewRouteInput } from "@/lib/catalog/model-input";
import { requireOperator } from "@/lib/catalog/require-operator";
import { routeColumns } from "@/lib/catalog/route-columns";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";

/**
 * Adds one more way to serve a model: a fallback with a higher priority number, or a share of its calls by weight.
 * Throws ZodError by field, forbidden, not_found for an unknown model or connection, conflict for a route that is
 * there already, invalid_input for an alias, which has no routes.
 */
export async function addRoute(ctx: Ctx, input: NewRouteInput): Promise<{ id: string }> {
  requireOperator(ctx);
  const wanted = NewRoute.parse(input);
  const { model, connection, upstreamId } = wanted;
  return db().$transaction(async (tx) => {
    const connectionId = await findConnectionId(tx, connection);
    const found = await tx.model.findUnique({ where: { id: model }, select: { alias: true } });
    if (!found) throw new AppError("not_found", "unknownModel", { field: "model", values: { model } });
    if (found.alias) throw new AppError("invalid_input", "aliasHasNoRoutes", { field: "model" });
    const same = { modelId: model, connectionId, upstreamId };
    if (await tx.route.findFirst({ where: same, select: { id: true } }))
      throw new AppError("conflict", "routeTaken", { field: "upstreamId" });
    const id = newId("rou");
    await tx.route.create({ data: { id, modelId: model, connectionId, ...routeColumns(wanted) } });
    await writeAudit(tx, ctx, { action: "route.add", target: id, after: { ...wanted } });
    await announceCatalog(tx);
    return { id };
  });
}
