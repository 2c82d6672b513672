import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { blocksOf } from "./parts-from-blocks";

/** The texts of a call in Anthropic's dialect that become input tokens. */
export function* inputTexts(body: Json): Generator<string> {
  yield* contentTexts(body.system);
  for (const message of Array.isArray(body.messages) ? (body.messages as unknown[]) : []) {
    if (isObject(message)) yield* contentTexts(message.content);
  }
  for (const tool of Array.isArray(body.tools) ? (body.tools as unknown[]) : []) yield JSON.stringify(tool);
}

function* contentTexts(content: unknown): Generator<string> {
  for (const block of blocksOf(content)) {
    switch (block.type) {
      case "text":
        yield String(block.text);
        break;
      case "thinking":
        if (typeof block.thinking === "string") yield block.thinking;
        break;
      case "image":
      case "redacted_thinking":
        break;
      case "tool_result":
      case "search_result":
      case "mid_conv_system":
        yield* contentTexts(block.content);
        break;
      case "document":
        if (typeof block.title === "string") yield block.title;
        yield* sourceTexts(block.source);
        break;
      default:
        // A tool's call, and what is not known.
        yield JSON.stringify(block);
    }
  }
}

function* sourceTexts(source: unknown): Generator<string> {
  if (!isObject(source)) return;
  if (source.type === "text") yield String(source.data);
  if (source.type === "content") yield* contentTexts(source.content);
}
