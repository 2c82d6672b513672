import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { blocksOf } from "./parts-from-blocks";

/**
 * The tools of a call in Anthropic's dialect as functions. Tools that Anthropic's models know without a schema are
 * left out. A deferred tool is not shown to the model before a result of the caller's own search names it or the
 * instructions add it, as Anthropic has it; where nothing can name it, it is shown from the beginning.
 * Source: Anthropic docs, "Tool search", `defer_loading`, `tool_reference`; "Mid-conversation tool changes".
 */
export function toolsToChat(body: Json): Json[] {
  const tools = listOf(body.tools);
  const searchesThere = tools.some((tool) => String(tool.type ?? "").startsWith("tool_search_tool_"));
  const offered = new Map<unknown, Json>();
  const declared = new Map(tools.map((tool) => [tool.name, tool]));
  for (const tool of tools) if (tool.defer_loading !== true || searchesThere) offered.set(tool.name, tool);
  const add = (name: unknown) => {
    const tool = declared.get(name);
    if (tool) offered.set(name, tool);
  };
  for (const message of listOf(body.messages)) {
    for (const block of blocksOf(message.content)) {
      const tool = isObject(block.tool) ? block.tool : {};
      if (block.type === "tool_use") add(block.name);
      else if (block.type === "tool_removal") offered.delete(tool.name);
      else if (block.type === "tool_addition") {
        if (isObject(tool.definition)) offered.set(tool.definition.name, tool.definition);
        else add(tool.name);
      } else if (block.type === "tool_result") {
        for (const part of blocksOf(block.content)) if (part.type === "tool_reference") add(part.tool_name);
      }
    }
  }
  return [...offered.values()].filter((tool) => isObject(tool.input_schema)).map(functionOf);
}

function functionOf(tool: Json): Json {
  return {
    type: "function",
    function: {
      name: tool.name,
      ...(typeof tool.description === "string" ? { description: tool.description } : {}),
      parameters: tool.input_schema,
    },
    ...(isObject(tool.cache_control) ? { cache_control: tool.cache_control } : {}),
  };
}

const listOf = (value: unknown): Json[] =>
  Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];

/** Anthropic's `tool_choice` as `tool_choice` and `parallel_tool_calls`. */
export function toolChoiceToChat(value: unknown, tools: readonly Json[]): Json {
  if (!isObject(value) || tools.length === 0) return {};
  const parallel = value.disable_parallel_tool_use === true ? { parallel_tool_calls: false } : {};
  switch (value.type) {
    case "any":
      return { tool_choice: "required", ...parallel };
    case "none":
      return { tool_choice: "none" };
    case "tool":
      return { tool_choice: { type: "function", function: { name: value.name } }, ...parallel };
    case "auto":
      return { tool_choice: "auto", ...parallel };
    default:
      return parallel;
  }
}
