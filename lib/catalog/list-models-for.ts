import { listPublicModels, type PublicModel } from "@/lib/catalog/list-public-models";

/** The models that a key with this allow-list may call; an empty list allows all. */
export async function listModelsFor(allowed: readonly string[]): Promise<PublicModel[]> {
  const models = await listPublicModels();
  if (allowed.length === 0) return models;
  const wanted = new Set(allowed);
  return models.filter((model) => wanted.has(model.id));
}
