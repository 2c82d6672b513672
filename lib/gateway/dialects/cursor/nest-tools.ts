import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/**
 * The tools of a chat completion whose caller writes some of them as the Responses API does, flat, as Cursor does in
 * Ask mode: the fields that must change, as the chat dialect has them; empty where all is well. A custom tool keeps
 * its grammar. Source: OpenAI API reference, "Create chat completion" and "Create a model response", `tools`.
 */
export function nestTools(body: Json): Map<string, unknown> {
  const changes = new Map<string, unknown>();
  const { tools, tool_choice: choice } = body;
  if (Array.isArray(tools) && tools.some(isFlat)) changes.set("tools", tools.map(nested));
  if (isFlat(choice)) changes.set("tool_choice", nested(choice));
  return changes;
}

function isFlat(tool: unknown): tool is Json {
  if (!isObject(tool) || typeof tool.name !== "string") return false;
  return (
    (tool.type === "function" && tool.function === undefined) ||
    (tool.type === "custom" && tool.custom === undefined)
  );
}

function nested(tool: unknown): unknown {
  if (!isFlat(tool)) return tool;
  const { type, ...rest } = tool;
  if (type === "custom" && isObject(rest.format) && rest.format.type === "grammar" && !rest.format.grammar) {
    const { type: kind, syntax, definition } = rest.format;
    return { type, custom: { ...rest, format: { type: kind, grammar: { syntax, definition } } } };
  }
  return { type, [String(type)]: rest };
}
