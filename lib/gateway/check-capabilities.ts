import type { CatalogModel } from "@/lib/catalog/types";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { GatewayError } from "@/lib/gateway/gateway-error";

/** Refuses what the model cannot do before anything is reserved or sent. Throws `unsupported_capability`. */
export function checkCapabilities(request: ApiRequest, model: CatalogModel): void {
  const refuse = (what: string, param: string): never => {
    throw new GatewayError("unsupported_capability", {
      message: `${model.id} does not support ${what}. Choose a model that does, or leave it out.`,
      param,
    });
  };
  const embeds = request.dialect === "embeddings";
  if (embeds !== (model.kind === "embeddings")) refuse(embeds ? "embeddings" : "chat", "model");
  if (request.images.length > 0 && !model.vision) refuse("images", "messages");
  if (request.audioInput && !model.audio) refuse("audio", "messages");
  if (request.audioOutput && !model.audio) refuse("audio", "modalities");
  if (request.hasTools && !model.tools) refuse("tools", "tools");
  if (request.structured && !model.structuredOutput) refuse("JSON schemas", "response_format");
}
