import { listPublicModels, type PublicModel } from "@/lib/catalog/list-public-models";
import { allowsModel } from "@/lib/keys/model-patterns";

/** The models that a key with this allow-list of ids and patterns may call; an empty list allows all. */
export async function listModelsFor(allowed: readonly string[]): Promise<PublicModel[]> {
  const models = await listPublicModels();
  return models.filter((model) => allowsModel(allowed, model.id));
}
