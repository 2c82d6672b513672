import type { CatalogAlias, CatalogModel } from "@/lib/catalog/types";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import type { RouteHealth } from "@/lib/gateway/routing/route-health";

/** What a call asks of a model, and what is known of the routes. */
export interface ModelWish {
  request: Pick<
    ApiRequest,
    | "dialect"
    | "stream"
    | "images"
    | "hasTools"
    | "structured"
    | "audioInput"
    | "audioOutput"
    | "bytes"
    | "scan"
    | "maxTokens"
  >;
  health: Pick<RouteHealth, "waitMs" | "expectMs">;
}

/**
 * The model that a call to an alias becomes: of those that can do what is asked, have room for it and have a sound
 * route, the first, the cheapest to the caller, or the one that answers soonest as measured here. Where none can do it
 * all, the first, so that what it cannot do is refused by name; what else none has is not asked for.
 */
export function pickModel(alias: CatalogAlias, wish?: ModelWish): CatalogModel {
  const [first] = alias.targets;
  if (!first) throw new Error("an alias without models is never in a snapshot");
  if (!wish) return first;
  const able = alias.targets.filter((model) => canServe(model, wish.request));
  const roomy = preferring(able, (model) => hasRoom(model, wish.request));
  const choice = preferring(roomy, (model) => model.routes.some((route) => wish.health.waitMs(route) === 0));
  switch (alias.strategy) {
    case "priority":
      return choice[0] ?? first;
    case "cheapest":
      return least(choice, typicalPrice) ?? first;
    case "fastest":
      return least(choice, (model) => soonestMs(model, wish)) ?? first;
  }
}

/** Whether a model can do what a call needs. */
export function canServe(model: CatalogModel, request: ModelWish["request"]): boolean {
  return (
    (model.kind === "embeddings") === (request.dialect === "embeddings") &&
    (request.images.length === 0 || model.vision) &&
    (!request.hasTools || model.tools) &&
    (!request.structured || model.structuredOutput) &&
    (!(request.audioInput || request.audioOutput) || model.audio)
  );
}

/** About how many bytes of a body make a token. A guess: nothing is refused by it. */
const BYTES_PER_TOKEN = 4;

/** Whether the call fits into the model's context, as far as can be told without counting. */
function hasRoom(model: CatalogModel, { bytes, scan, maxTokens }: ModelWish["request"]): boolean {
  const cut = scan.blobs.reduce((sum, { start, end }) => sum + end - start, 0);
  const output = Math.min(maxTokens ?? 0, model.maxOutputTokens);
  return (bytes.length - cut) / BYTES_PER_TOKEN + output <= model.contextTokens;
}

/** Those for which something holds, or all where it holds for none. */
function preferring(models: CatalogModel[], holds: (model: CatalogModel) => boolean): CatalogModel[] {
  const some = models.filter(holds);
  return some.length > 0 ? some : models;
}

/** Pico-USD for three tokens in and one out, about what calls are like. */
function typicalPrice({ price }: CatalogModel): bigint {
  return 3n * price.inputPico + price.outputPico;
}

/** Milliseconds until its quickest route answers; 0 where one has not been measured, so that it will be. */
function soonestMs(model: CatalogModel, { request, health }: ModelWish): number {
  return Math.min(...model.routes.map((route) => health.expectMs(route, request.stream)));
}

/** The first of those with the smallest measure. */
function least<T extends number | bigint>(
  models: readonly CatalogModel[],
  measure: (model: CatalogModel) => T,
): CatalogModel | undefined {
  let best: CatalogModel | undefined;
  let smallest: T | undefined;
  for (const model of models) {
    const size = measure(model);
    if (smallest !== undefined && size >= smallest) continue;
    best = model;
    smallest = size;
  }
  return best;
}
