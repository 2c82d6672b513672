import type { CatalogModel, CatalogSnapshot } from "@/lib/catalog/types";
import { GatewayError } from "@/lib/gateway/gateway-error";
import type { KeyRecord } from "@/lib/keys/key-record";

const NEAREST = 3;
const LONGEST = 200;

/** The models that a key may use, in the operator's order. */
export function modelsFor(snapshot: CatalogSnapshot, key: KeyRecord): CatalogModel[] {
  const models = [...snapshot.models.values()];
  const allowed = key.models;
  return allowed ? models.filter((model) => allowed.has(model.id)) : models;
}

/** The model behind an id. Throws `model_not_found` with the nearest ids, or `model_not_allowed`. */
export function findModel(snapshot: CatalogSnapshot, key: KeyRecord, id: string): CatalogModel {
  const model = snapshot.models.get(id);
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

/** Ids that differ least from what was asked for, by edits; ones that contain it, or are contained, first. */
export function nearestIds(wanted: string, ids: readonly string[]): string[] {
  const text = wanted.slice(0, LONGEST).toLowerCase();
  if (text === "") return [];
  return ids
    .map((id) => {
      const lower = id.toLowerCase();
      const inside = lower.includes(text) || text.includes(lower);
      const edits = editDistance(text, lower);
      return { id, inside, edits };
    })
    .filter(({ inside, edits, id }) => inside || edits <= Math.max(2, id.length / 2))
    .sort((a, b) => Number(b.inside) - Number(a.inside) || a.edits - b.edits)
    .slice(0, NEAREST)
    .map(({ id }) => id);
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
