import type { Ctx } from "@/lib/actor";
import { writeAudit } from "@/lib/audit/write-audit";
import { announceCatalog } from "@/lib/catalog/announce-catalog";
import { followAliases } from "@/lib/catalog/build-aliases";
import { NewAlias, type NewAliasInput } from "@/lib/catalog/model-input";
import { requireOperator } from "@/lib/catalog/require-operator";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

/**
 * Adds an alias, or changes the models and strategy of one that is there. A call to it becomes a call to one of its
 * models, at that model's price. Throws ZodError by field, forbidden, conflict when the id is a model's, not_found for
 * an unknown model, invalid_input for a loop or for models of different kinds.
 */
export async function addAlias(ctx: Ctx, input: NewAliasInput): Promise<{ id: string; added: boolean }> {
  requireOperator(ctx);
  const { id, strategy, displayName, description, ...rest } = NewAlias.parse(input);
  const models = [...new Set(rest.models)];
  return db().$transaction(async (tx) => {
    // One at a time, so that two cannot close a loop between them.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tollgate_aliases'))`;
    const before = await tx.model.findUnique({
      where: { id },
      select: { alias: true, strategy: true, targets: { orderBy: { position: "asc" } } },
    });
    if (before && !before.alias)
      throw new AppError("conflict", "modelTaken", { field: "id", values: { id } });
    const { kind } = await checkTargets(tx, id, models);
    const facts = { kind, strategy, alias: true, tools: false };
    // What an alias can do follows from its models when the catalogue is read; these columns are never read for one.
    const shown = { displayName: displayName ?? id, description, contextTokens: 1, maxOutputTokens: 1 };
    await tx.model.upsert({
      where: { id },
      create: { id, ...facts, ...shown },
      update: { ...facts, ...shown },
    });
    await tx.aliasTarget.deleteMany({ where: { aliasId: id } });
    await tx.aliasTarget.createMany({
      data: models.map((modelId, position) => ({ aliasId: id, modelId, position })),
    });
    await writeAudit(tx, ctx, {
      action: before ? "alias.change" : "alias.add",
      target: id,
      ...(before
        ? { before: { strategy: before.strategy, models: before.targets.map(({ modelId }) => modelId) } }
        : {}),
      after: { strategy, models },
    });
    await announceCatalog(tx);
    return { id, added: !before };
  });
}

async function checkTargets(tx: Tx, id: string, models: string[]) {
  const found = await tx.model.findMany({ where: { id: { in: models } }, select: { id: true, kind: true } });
  const missing = models.find((model) => model !== id && !found.some((one) => one.id === model));
  if (missing !== undefined)
    throw new AppError("not_found", "unknownModel", { field: "models", values: { model: missing } });
  const named = new Map<string, string[]>();
  for (const { aliasId, modelId } of await tx.aliasTarget.findMany()) {
    named.set(aliasId, [...(named.get(aliasId) ?? []), modelId]);
  }
  if (!followAliases(id, named.set(id, models)))
    throw new AppError("invalid_input", "aliasLoop", { field: "models", values: { id } });
  const kind = found[0]?.kind ?? "chat";
  if (found.some((model) => model.kind !== kind))
    throw new AppError("invalid_input", "aliasMixed", { field: "models" });
  return { kind };
}
