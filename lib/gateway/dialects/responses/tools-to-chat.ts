import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { ToolNames } from "./tool-names";

export interface ChatTools {
  tools: Json[];
  names: ToolNames;
}

/**
 * Tools as functions of a chat completion: functions as they are, custom tools as functions with one text `input`,
 * those of a namespace beside the others, a search for deferred tools that the client runs as a function, too. What
 * only the provider could run is left out.
 */
export function toolsToChat(lists: readonly (readonly unknown[])[]): ChatTools {
  const names = new ToolNames();
  const tools: Json[] = [];
  for (const list of lists) for (const tool of list) add(tool, null);
  return { tools, names };

  function add(tool: unknown, namespace: string | null): void {
    if (!isObject(tool)) return;
    if (tool.type === "namespace" && namespace === null) {
      if (!Array.isArray(tool.tools) || typeof tool.name !== "string") return;
      for (const inner of tool.tools as unknown[]) add(inner, tool.name);
      return;
    }
    if (isClientSearch(tool)) {
      const name = names.add({ name: SEARCH, namespace: null, kind: "tool_search" });
      tools.push({ type: "function", function: { name, ...plainFunction(tool) } });
      return;
    }
    if (tool.type !== "function" && tool.type !== "custom") return;
    // Chat's own nesting is met in the field, too.
    const given = isObject(tool.function) ? tool.function : tool;
    const { name } = given;
    if (typeof name !== "string" || name === "" || names.has(namespace, name)) return;
    const chatName = names.add({ name, namespace, kind: tool.type });
    const described = tool.type === "custom" ? customFunction(tool) : plainFunction(given);
    tools.push({ type: "function", function: { name: chatName, ...described } });
  }
}

/** What a search for deferred tools is called among functions; it has no name of its own. */
export const SEARCH = "tool_search";

function isClientSearch(tool: Json): boolean {
  return tool.type === "tool_search" && tool.execution === "client";
}

function plainFunction(tool: Json): Json {
  return {
    ...(typeof tool.description === "string" ? { description: tool.description } : {}),
    parameters: isObject(tool.parameters) ? tool.parameters : { type: "object", properties: {} },
    ...(tool.strict === true ? { strict: true } : {}),
  };
}

function customFunction(tool: Json): Json {
  const texts = typeof tool.description === "string" ? [tool.description] : [];
  if (isObject(tool.format) && tool.format.type === "grammar") {
    const { syntax, definition } = tool.format;
    if (typeof definition === "string") {
      texts.push(
        `\`input\` must follow this ${syntax === "regex" ? "regular expression" : "Lark grammar"}:\n${definition}`,
      );
    }
  }
  return {
    description: texts.join("\n\n"),
    parameters: {
      type: "object",
      properties: { input: { type: "string", description: "The whole input of the tool, as plain text." } },
      required: ["input"],
      additionalProperties: false,
    },
  };
}

/**
 * tool_choice for a chat completion, with the tools that it leaves; undefined where there is nothing to choose.
 * Throws `unsupported_capability` for a tool that a chat completion cannot have.
 */
export function toolChoiceToChat(
  choice: unknown,
  { tools, names }: ChatTools,
): { tools: Json[]; choice?: unknown } {
  if (tools.length === 0) return { tools };
  if (choice === undefined || choice === null || typeof choice === "string") {
    return choice === "auto" || typeof choice !== "string" ? { tools } : { tools, choice };
  }
  if (!isObject(choice)) return { tools };
  if (choice.type === "allowed_tools") {
    const allowed = new Set<unknown>(
      (Array.isArray(choice.tools) ? choice.tools : []).filter(isObject).map((tool) => chosen(tool)),
    );
    const left = tools.filter((tool) => allowed.has((tool.function as Json).name));
    if (left.length === 0) return { tools, choice: "none" };
    return choice.mode === "required" ? { tools: left, choice: "required" } : { tools: left };
  }
  const name = chosen(choice);
  if (name === null) {
    throw new GatewayError("unsupported_capability", {
      message: "tool_choice names a kind of tool that this model's provider does not have.",
      param: "tool_choice",
    });
  }
  return { tools, choice: { type: "function", function: { name } } };

  function chosen(tool: Json): string | null {
    if (tool.type !== "function" && tool.type !== "custom") return null;
    const named = isObject(tool.function) ? tool.function.name : tool.name;
    const namespace = typeof tool.namespace === "string" ? tool.namespace : null;
    return typeof named === "string" ? names.chatName(namespace, named) : null;
  }
}

/** What a search for tools found, by the names that they have in a chat. */
export function foundTools(item: Json, names: ToolNames): string {
  const found: string[] = [];
  const add = (tools: unknown, namespace: string | null) => {
    if (!Array.isArray(tools)) return;
    for (const tool of tools as unknown[]) {
      if (!isObject(tool) || typeof tool.name !== "string") continue;
      if (tool.type === "namespace") add(tool.tools, tool.name);
      else found.push(names.chatName(namespace, tool.name));
    }
  };
  add(item.tools, null);
  return found.length > 0 ? `These tools can be called now: ${found.join(", ")}` : "No tools were found.";
}

/** The input of a custom tool out of the arguments of the function that stood for it. */
export function inputFromArguments(text: string): string {
  try {
    const read: unknown = JSON.parse(text);
    if (isObject(read) && typeof read.input === "string") return read.input;
    if (typeof read === "string") return read;
  } catch {
    // A model that wrote the input itself.
  }
  return text;
}
