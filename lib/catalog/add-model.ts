import type { Ctx } from "@/lib/actor";
import { actorName } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { findConnectionId } from "@/lib/catalog/find-connection-id";
import { NewModel, type NewModelInput } from "@/lib/catalog/model-input";
import { priceColumns } from "@/lib/catalog/price-columns";
import { requireOperator } from "@/lib/catalog/require-operator";
import { routeColumns } from "@/lib/catalog/route-columns";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";

/** Output bound of a model for which none is given. */
const DEFAULT_MAX_OUTPUT_TOKENS = 16_384;

/**
 * Adds a model with one route and its first price version; buckets without a price of their own cost as the one they
 * are part of. Throws ZodError by field, forbidden, not_found for an unknown connection, conflict when the id is taken.
 */
export async function addModel(ctx: Ctx, input: NewModelInput): Promise<{ id: string; routeId: string }> {
  requireOperator(ctx);
  const wanted = NewModel.parse(input);
  return db().$transaction(async (tx) => {
    const connectionId = await findConnectionId(tx, wanted.connection);
    const taken = await tx.model.findUnique({ where: { id: wanted.id }, select: { id: true } });
    if (taken) throw new AppError("conflict", "modelTaken", { field: "id", values: { id: wanted.id } });
    const routeId = newId("rou");
    await tx.model.create({
      data: {
        id: wanted.id,
        kind: wanted.kind,
        strategy: wanted.strategy,
        displayName: wanted.displayName ?? wanted.id,
        description: wanted.description,
        contextTokens: wanted.contextTokens,
        maxOutputTokens: wanted.maxOutputTokens ?? Math.min(DEFAULT_MAX_OUTPUT_TOKENS, wanted.contextTokens),
        tools: wanted.tools && wanted.kind === "chat",
        vision: wanted.vision,
        promptCache: wanted.promptCache,
        reasoning: wanted.reasoning,
        structuredOutput: wanted.structuredOutput,
        audio: wanted.audio,
        privacy: wanted.privacy,
        routes: { create: { id: routeId, connectionId, ...routeColumns(wanted) } },
        prices: {
          create: {
            id: newId("pri"),
            version: 1,
            ...priceColumns(wanted),
            createdBy: actorName(ctx.actor),
          },
        },
      },
    });
    await writeAudit(tx, ctx, { action: "model.add", target: wanted.id, after: { ...wanted } });
    await announceCatalog(tx);
    return { id: wanted.id, routeId };
  });
}
