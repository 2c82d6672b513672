import { nearestIds } from "@/lib/catalog/nearest-ids";
import type { CatalogAlias, CatalogModel, CatalogSnapshot } from "@/lib/catalog/types";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { type ModelWish, pickModel } from "@/lib/gateway/routing/pick-model";
import type { KeyRecord } from "@/lib/keys/key-record";

/** What a caller may name. */
export type Callable = CatalogModel | CatalogAlias;

const LONGEST = 200;

/** The models and aliases that a key may use, in the operator's order. */
export function modelsFor(snapshot: CatalogSnapshot, key: KeyRecord | null): Callable[] {
  const all = listed(snapshot);
  const allowed = key?.models;
  return allowed ? all.filter((model) => allowed.has(model.id)) : all;
}

const lists = new WeakMap<CatalogSnapshot, Callable[]>();

function listed(snapshot: CatalogSnapshot): Callable[] {
  let list = lists.get(snapshot);
  if (!list) {
    list = [...snapshot.models.values(), ...snapshot.aliases.values()].sort(
      (a, b) => a.sort - b.sort || (a.id < b.id ? -1 : 1),
    );
    lists.set(snapshot, list);
  }
  return list;
}

/** The model or alias behind an id. Throws `model_not_found` with the nearest ids, or `model_not_allowed`. */
export function lookUpModel(snapshot: CatalogSnapshot, key: KeyRecord, id: string): Callable {
  const model = snapshot.models.get(id) ?? snapshot.aliases.get(id);
  if (!model) {
    const near = nearestIds(
      id,
      modelsFor(snapshot, key).map((one) => one.id),
    );
    const hint =
      near.length > 0 ? ` Did you mean ${near.join(", ")}?` : " GET /v1/models lists what this key may use.";
    throw new GatewayError("model_not_found", {
      message: `There is no model ${JSON.stringify(id.slice(0, LONGEST))} here.${hint}`,
      param: "model",
    });
  }
  if (key.models && !key.models.has(id)) {
    throw new GatewayError("model_not_allowed", {
      message: `This API key may not use ${id}. GET /v1/models lists what it may use.`,
      param: "model",
    });
  }
  return model;
}

/**
 * The model that a call goes to: the one of that id, or the one that an alias picks for this call. A key that may use
 * an alias may use whatever that picks. Throws `model_not_found` with the nearest ids, or `model_not_allowed`.
 */
export function findModel(
  snapshot: CatalogSnapshot,
  key: KeyRecord,
  id: string,
  wish?: ModelWish,
): CatalogModel {
  const found = lookUpModel(snapshot, key, id);
  return "targets" in found ? pickModel(found, wish) : found;
}
