import type { CatalogAlias, CatalogModel, ModelFacts, PriceVersion } from "@/lib/catalog/types";
import { log } from "@/lib/log";
import type { RouteStrategy } from "@/prisma/generated/client";

export interface AliasRow {
  facts: ModelFacts;
  strategy: RouteStrategy;
}

export interface TargetRow {
  aliasId: string;
  modelId: string;
}

/**
 * The aliases of a snapshot. `targets` come in the operator's order. One without a model that can be called is left
 * out, and so is one that leads back to itself, which no verb lets in.
 */
export function buildAliases(
  aliases: readonly AliasRow[],
  targets: readonly TargetRow[],
  models: ReadonlyMap<string, CatalogModel>,
): Map<string, CatalogAlias> {
  const named = new Map<string, string[]>();
  for (const { facts } of aliases) named.set(facts.id, []);
  for (const { aliasId, modelId } of targets) named.get(aliasId)?.push(modelId);
  const built = new Map<string, CatalogAlias>();
  for (const { facts, strategy } of aliases) {
    const ids = followAliases(facts.id, named);
    if (!ids) {
      log.error({ alert: "alias_loop", model: facts.id }, "an alias leads back to itself and is left out");
      continue;
    }
    const found = ids.flatMap((id) => models.get(id) ?? []);
    if (found.length > 0) built.set(facts.id, toAlias(facts, strategy, found));
  }
  return built;
}

/**
 * The models at the ends of an alias, each once, in order; null where it leads back to itself. `named` holds what
 * every alias names; an id that is not in it is a model.
 */
export function followAliases(id: string, named: ReadonlyMap<string, readonly string[]>): string[] | null {
  const ends = new Set<string>();
  const visit = (at: string, above: ReadonlySet<string>): boolean => {
    const below = named.get(at);
    if (!below) {
      ends.add(at);
      return true;
    }
    if (above.has(at)) return false;
    const path = new Set(above).add(at);
    return below.every((next) => visit(next, path));
  };
  return visit(id, new Set()) ? [...ends] : null;
}

function toAlias(facts: ModelFacts, strategy: RouteStrategy, targets: readonly CatalogModel[]): CatalogAlias {
  const some = (has: (model: CatalogModel) => boolean) => targets.some(has);
  return {
    ...facts,
    kind: targets[0]?.kind ?? facts.kind,
    contextTokens: Math.max(...targets.map((model) => model.contextTokens)),
    maxOutputTokens: Math.max(...targets.map((model) => model.maxOutputTokens)),
    tools: some((model) => model.tools),
    vision: some((model) => model.vision),
    promptCache: some((model) => model.promptCache),
    reasoning: some((model) => model.reasoning),
    structuredOutput: some((model) => model.structuredOutput),
    audio: some((model) => model.audio),
    // A promise must hold wherever a call goes.
    privacy: targets.every((model) => model.privacy),
    strategy,
    targets,
    price: highestPrices(targets.map((model) => model.price)),
  };
}

/** Bucket by bucket the highest of several prices: what a call may cost at most. Belongs to no version. */
export function highestPrices(prices: readonly PriceVersion[]): PriceVersion {
  const highest = (read: (price: PriceVersion) => bigint) => {
    let most = 0n;
    for (const price of prices) if (read(price) > most) most = read(price);
    return most;
  };
  return {
    id: "",
    version: 0,
    inputPico: highest((price) => price.inputPico),
    cachedInputPico: highest((price) => price.cachedInputPico),
    cacheWrite5mPico: highest((price) => price.cacheWrite5mPico),
    cacheWrite1hPico: highest((price) => price.cacheWrite1hPico),
    outputPico: highest((price) => price.outputPico),
    reasoningPico: highest((price) => price.reasoningPico),
    audioInputPico: highest((price) => price.audioInputPico),
    audioOutputPico: highest((price) => price.audioOutputPico),
    imageInputPico: highest((price) => price.imageInputPico),
    requestPico: highest((price) => price.requestPico),
  };
}
