import type { ModelFacts } from "@/lib/catalog/types";
import type { CapField, ChatFields } from "./parse-chat";
import { spliceFields } from "./scan-body";

/**
 * The body for an upstream that speaks the same dialect: the model's id there, usage always asked for in streams,
 * the output cap where it must change. Every other byte is the caller's.
 */
export function rewriteChat(
  request: ChatFields,
  to: { upstreamId: string; capTokens: number | null; capField: CapField },
): Buffer {
  const changes = new Map<string, string | null>();
  if (to.upstreamId !== request.model) changes.set("model", JSON.stringify(to.upstreamId));
  // Ours alone; OpenAI refuses fields that it does not know.
  if (request.scan.fields.has("usage")) changes.set("usage", null);
  if (request.stream && request.streamOptions?.include_usage !== true) {
    changes.set("stream_options", JSON.stringify({ ...request.streamOptions, include_usage: true }));
  }
  if (to.capTokens !== null) {
    const fields = request.capFields.length > 0 ? request.capFields : [to.capField];
    for (const field of fields) changes.set(field, String(to.capTokens));
  }
  return spliceFields(request.bytes, request.scan, changes);
}

/** The field for an output cap where the caller used none: OpenAI's reasoning models take only the newer one. */
export function capFieldOf(model: ModelFacts): CapField {
  return model.reasoning ? "max_completion_tokens" : "max_tokens";
}
