import type { CatalogModel } from "@/lib/catalog/types";
import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { modelObject } from "@/lib/gateway/dialects/model-object";
import { findModel, modelsFor } from "@/lib/gateway/find-model";
import { sendJson } from "@/lib/gateway/respond";

const objects = new WeakMap<CatalogModel, Record<string, unknown>>();

function objectOf(model: CatalogModel): Record<string, unknown> {
  let object = objects.get(model);
  if (!object) {
    object = modelObject(model);
    objects.set(model, object);
  }
  return object;
}

/** GET /v1/models: what this key may use, in a shape that every client reads. Never needs credit. */
export async function modelsEndpoint(call: Call): Promise<void> {
  const key = await authenticate(call);
  const data = modelsFor(call.services.catalog.current, key).map(objectOf);
  sendJson(call, 200, {
    object: "list",
    data,
    has_more: false,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  });
}

/** GET /v1/models/{id}; ids may hold slashes, encoded or not. */
export async function modelEndpoint(call: Call, id: string): Promise<void> {
  const key = await authenticate(call);
  sendJson(call, 200, objectOf(findModel(call.services.catalog.current, key, id)));
}
