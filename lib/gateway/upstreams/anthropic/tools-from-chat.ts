import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

const NO_PARAMETERS: Json = { type: "object", properties: {} };

/** The functions of a chat completion as tools of Anthropic's; tools of other kinds are left out. */
export function toolsFromChat(chat: Json): Json[] {
  const functions: { called: Json; cache: unknown }[] = [];
  for (const tool of listOf(chat.tools)) {
    if (tool.type === "function" && isObject(tool.function))
      functions.push({ called: tool.function, cache: tool.cache_control ?? tool.function.cache_control });
  }
  // As it was before there were tools.
  for (const called of listOf(chat.functions)) functions.push({ called, cache: null });
  return functions.map(({ called, cache }) => ({
    name: called.name,
    ...(typeof called.description === "string" ? { description: called.description } : {}),
    input_schema: isObject(called.parameters) ? { ...called.parameters, type: "object" } : NO_PARAMETERS,
    ...(isObject(cache) ? { cache_control: cache } : {}),
  }));
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];
}

/**
 * `tool_choice`, `function_call` and `parallel_tool_calls` as Anthropic's `tool_choice`; null where nothing is said.
 * Sources: OpenAI API reference `tool_choice`; Anthropic docs, "Tool use", forcing and parallel tool use.
 */
export function toolChoiceFromChat(chat: Json, tools: readonly Json[]): Json | null {
  if (tools.length === 0) return null;
  const choice = readChoice(chat.tool_choice ?? chat.function_call, tools);
  if (chat.parallel_tool_calls !== false || choice?.type === "none") return choice;
  return { ...(choice ?? { type: "auto" }), disable_parallel_tool_use: true };
}

function readChoice(value: unknown, tools: readonly Json[]): Json | null {
  if (value === "auto") return { type: "auto" };
  if (value === "none") return { type: "none" };
  if (value === "required" || value === "any") return { type: "any" };
  if (!isObject(value)) return null;
  if (value.type === "allowed_tools" && isObject(value.allowed_tools)) {
    return { type: value.allowed_tools.mode === "required" ? "any" : "auto" };
  }
  const name = isObject(value.function) ? value.function.name : value.name;
  return tools.some((tool) => tool.name === name) ? { type: "tool", name } : null;
}
