import type { CatalogModel } from "@/lib/catalog/types";
import type { ApiRequest, Dialect } from "@/lib/gateway/dialects/api-request";
import { GatewayError } from "@/lib/gateway/gateway-error";

/** What the fields to blame are called in each dialect. */
const FIELDS: Readonly<Record<Dialect, { content: string; schema: string }>> = {
  chat: { content: "messages", schema: "response_format" },
  completions: { content: "prompt", schema: "response_format" },
  responses: { content: "input", schema: "text.format" },
  messages: { content: "messages", schema: "output_config.format" },
  embeddings: { content: "input", schema: "input" },
};

/** Refuses what the model cannot do before anything is reserved or sent. Throws `unsupported_capability`. */
export function checkCapabilities(request: ApiRequest, model: CatalogModel): void {
  const refuse = (what: string, param: string): never => {
    throw new GatewayError("unsupported_capability", {
      message: `${model.id} does not support ${what}. Choose a model that does, or leave it out.`,
      param,
    });
  };
  const { content, schema } = FIELDS[request.dialect];
  const embeds = request.dialect === "embeddings";
  if (embeds !== (model.kind === "embeddings")) refuse(embeds ? "embeddings" : "chat", "model");
  if (request.images.length > 0 && !model.vision) refuse("images", content);
  if (request.audioInput && !model.audio) refuse("audio", content);
  if (request.audioOutput && !model.audio) refuse("audio", "modalities");
  if (request.hasTools && !model.tools) refuse("tools", "tools");
  if (request.structured && !model.structuredOutput) refuse("JSON schemas", schema);
}
