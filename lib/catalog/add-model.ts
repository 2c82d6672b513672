import type { Ctx } from "@/lib/actor";
import { actorName } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { NewModel, type NewModelInput } from "@/lib/catalog/catalog-input";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";

/** Output bound of a model for which none is given. */
const DEFAULT_MAX_OUTPUT_TOKENS = 16_384;

/**
 * Adds a model with one route and its first price version: cached input and cache writes cost as input, reasoning
 * as output, until a later version says otherwise. Throws ZodError by field, forbidden, not_found for an unknown
 * connection, conflict when the id is taken.
 */
export async function addModel(ctx: Ctx, input: NewModelInput): Promise<{ id: string; routeId: string }> {
  requireOperator(ctx);
  const wanted = NewModel.parse(input);
  const inputPico = wanted.inputUsdPerMillion;
  const outputPico = wanted.outputUsdPerMillion;
  return db().$transaction(async (tx) => {
    const connection = await tx.connection.findUnique({ where: { name: wanted.connection } });
    if (!connection) {
      throw new AppError("not_found", "unknownConnection", {
        field: "connection",
        values: { name: wanted.connection },
      });
    }
    const taken = await tx.model.findUnique({ where: { id: wanted.id }, select: { id: true } });
    if (taken) throw new AppError("conflict", "modelTaken", { field: "id", values: { id: wanted.id } });
    const routeId = newId("rou");
    await tx.model.create({
      data: {
        id: wanted.id,
        displayName: wanted.displayName ?? wanted.id,
        description: wanted.description,
        contextTokens: wanted.contextTokens,
        maxOutputTokens: wanted.maxOutputTokens ?? Math.min(DEFAULT_MAX_OUTPUT_TOKENS, wanted.contextTokens),
        tools: wanted.tools,
        vision: wanted.vision,
        promptCache: wanted.promptCache,
        reasoning: wanted.reasoning,
        structuredOutput: wanted.structuredOutput,
        privacy: wanted.privacy,
        routes: { create: { id: routeId, connectionId: connection.id, upstreamId: wanted.upstreamId } },
        prices: {
          create: {
            id: newId("pri"),
            version: 1,
            inputPico,
            cachedInputPico: wanted.cachedInputUsdPerMillion ?? inputPico,
            cacheWrite5mPico: inputPico,
            cacheWrite1hPico: inputPico,
            outputPico,
            reasoningPico: outputPico,
            audioInputPico: inputPico,
            audioOutputPico: outputPico,
            imageInputPico: inputPico,
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
