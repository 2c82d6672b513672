import { buildAliases } from "@/lib/catalog/build-aliases";
import type { CatalogAlias, CatalogModel, ModelFacts } from "@/lib/catalog/types";
import { db } from "@/lib/db";

/** A model as anyone may see it; prices in pico-USD per token, as they are now. Of an alias, the highest it may cost. */
export interface PublicModel extends ModelFacts {
  inputPico: bigint;
  cachedInputPico: bigint;
  outputPico: bigint;
  /** The models that an alias picks among; null for a model. */
  aliasOf: string[] | null;
}

/** Every model and alias that can be called: enabled, priced, with an enabled route. In the operator's order. */
export async function listPublicModels(): Promise<PublicModel[]> {
  const rows = await db().model.findMany({
    where: {
      enabled: true,
      OR: [{ alias: true }, { routes: { some: { enabled: true, connection: { enabled: true } } } }],
    },
    orderBy: [{ sort: "asc" }, { id: "asc" }],
    include: {
      targets: { orderBy: { position: "asc" }, select: { modelId: true } },
      prices: {
        where: { validFrom: { lte: new Date() } },
        orderBy: [{ validFrom: "desc" }, { version: "desc" }],
        take: 1,
      },
    },
  });
  const models = new Map<string, CatalogModel>();
  for (const row of rows) {
    const [price] = row.prices;
    if (price && !row.alias)
      models.set(row.id, { ...factsOf(row), price, strategy: row.strategy, routes: [] });
  }
  const named = rows.filter(({ alias }) => alias);
  const aliases = buildAliases(
    named.map((row) => ({ facts: factsOf(row), strategy: row.strategy })),
    named.flatMap(({ id, targets }) => targets.map(({ modelId }) => ({ aliasId: id, modelId }))),
    models,
  );
  return rows.flatMap(({ id }) => {
    const model = models.get(id);
    if (model) return toPublic(model, null);
    const alias = aliases.get(id);
    return alias
      ? toPublic(
          alias,
          alias.targets.map((target) => target.id),
        )
      : [];
  });
}

function toPublic(model: CatalogModel | CatalogAlias, aliasOf: string[] | null): PublicModel {
  const { inputPico, cachedInputPico, outputPico } = model.price;
  return { ...factsOf(model), inputPico, cachedInputPico, outputPico, aliasOf };
}

function factsOf(row: ModelFacts): ModelFacts {
  return {
    id: row.id,
    kind: row.kind,
    displayName: row.displayName,
    description: row.description,
    contextTokens: row.contextTokens,
    maxOutputTokens: row.maxOutputTokens,
    tools: row.tools,
    vision: row.vision,
    promptCache: row.promptCache,
    reasoning: row.reasoning,
    structuredOutput: row.structuredOutput,
    audio: row.audio,
    privacy: row.privacy,
    sort: row.sort,
    createdAt: row.createdAt,
  };
}
