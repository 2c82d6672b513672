import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { blocksOf } from "./parts-from-blocks";

/**
 * The tools of a call in Anthropic's dialect as functions. Tools that Anthropic's models know without a schema are
 * left out. A deferred tool is not shown to the model before a result of the caller's own search names it, as
 * Anthropic has it; where nothing can name it, it is shown from the beginning.
 * Source: Anthropic docs, "Tool search", `defer_loading`, `tool_reference`.
 */
export function toolsToChat(body: Json): Json[] {
  const tools = Array.isArray(body.tools) ? (body.tools as unknown[]).filter(isObject) : [];
  const searchesThere = tools.some((tool) => String(tool.type ?? "").startsWith("tool_search_tool_"));
  const named = searchesThere ? null : namedTools(body.messages);
  return tools
    .filter((tool) => isObject(tool.input_schema))
    .filter((tool) => tool.defer_loading !== true || named === null || named.has(tool.name))
    .map((tool) => ({
      type: "function",
      function: {
        name: tool.name,
        ...(typeof tool.description === "string" ? { description: tool.description } : {}),
        parameters: tool.input_schema,
      },
      ...(isObject(tool.cache_control) ? { cache_control: tool.cache_control } : {}),
    }));
}

/** The tools that results refer to, and those that were called already. */
function namedTools(messages: unknown): ReadonlySet<unknown> {
  const named = new Set<unknown>();
  for (const message of Array.isArray(messages) ? (messages as unknown[]) : []) {
    if (!isObject(message)) continue;
    for (const block of blocksOf(message.content)) {
      if (block.type === "tool_use") named.add(block.name);
      if (block.type !== "tool_result") continue;
      for (const part of blocksOf(block.content)) {
        if (part.type === "tool_reference") named.add(part.tool_name);
      }
    }
  }
  return named;
}

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
