import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { anthropicModel, modelObject } from "@/lib/gateway/dialects/model-object";
import { codexModel } from "@/lib/gateway/dialects/responses/codex-model";
import { type Callable, lookUpModel, modelsFor } from "@/lib/gateway/find-model";
import { readRate } from "@/lib/gateway/read-rate";
import { sendJson } from "@/lib/gateway/respond";

const objects = new WeakMap<Callable, Record<string, unknown>>();

function objectOf(call: Call, model: Callable): Record<string, unknown> {
  let object = objects.get(model);
  if (!object) {
    object = modelObject(model);
    objects.set(model, object);
  }
  return call.req.headers["anthropic-version"] === undefined ? object : anthropicModel(object);
}

/**
 * GET /v1/models: what this key may use, in a shape that every client reads. Never needs credit. Codex asks with
 * `?client_version=` for its own catalogue, which stands beside the list.
 */
export async function modelsEndpoint(call: Call): Promise<void> {
  const key = await authenticate(call);
  await readRate(call);
  const models = modelsFor(call.services.catalog.current, key);
  const codex = /[?&]client_version=/.test(call.req.url ?? "");
  sendJson(call, 200, {
    object: "list",
    data: models.map((model) => objectOf(call, model)),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
    ...(codex ? { models: models.filter(({ kind }) => kind === "chat").map(codexModel) } : {}),
  });
}

/** GET /v1/models/{id}; ids may hold slashes, encoded or not. */
export async function modelEndpoint(call: Call, id: string): Promise<void> {
  const key = await authenticate(call);
  await readRate(call);
  sendJson(call, 200, objectOf(call, lookUpModel(call.services.catalog.current, key, id)));
}
