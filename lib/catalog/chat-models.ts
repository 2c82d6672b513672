import type { PublicModel } from "@/lib/catalog/list-public-models";

/** The models of a list that answer chats: what a client's picker offers, and examples name. */
export function chatModels(models: readonly PublicModel[]): PublicModel[] {
  return models.filter(({ kind }) => kind === "chat");
}
