import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { itemType } from "./read-input";

/** The texts of an input item that become input tokens; pictures are counted apart. */
export function* itemTexts(item: Json): Generator<string> {
  switch (itemType(item)) {
    case "message":
      yield* contentTexts(item.content);
      return;
    case "function_call_output":
    case "custom_tool_call_output":
      yield* contentTexts(item.output);
      return;
    case "function_call":
    case "custom_tool_call":
      for (const field of [item.namespace, item.name, item.arguments, item.input]) {
        if (typeof field === "string") yield field;
      }
      return;
    case "computer_call_output":
      return;
    default:
      yield JSON.stringify(item);
  }
}

function* contentTexts(content: unknown): Generator<string> {
  if (typeof content === "string") yield content;
  if (!Array.isArray(content)) return;
  for (const part of content as unknown[]) {
    if (!isObject(part) || part.type === "input_image") continue;
    yield typeof part.text === "string" ? part.text : JSON.stringify(part);
  }
}
