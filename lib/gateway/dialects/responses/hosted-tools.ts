import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError } from "@/lib/gateway/gateway-error";

/**
 * Tools that the caller runs, or that only shape what the model writes: tokens are all that they cost. Every other
 * kind (web and file search, code interpreter, image generation, remote MCP servers, ...) runs at the provider, who
 * bills it apart from tokens or feeds the model input that no hold has covered, so it is left out of a call.
 * Source: OpenAI API reference, "Create a model response", `tools`; OpenAI pricing, "Built-in tools".
 */
const CALLERS_OWN = new Set([
  "function",
  "custom",
  "namespace",
  "tool_search",
  "local_shell",
  "apply_patch",
  "computer",
  "computer_use_preview",
]);

function isCallersOwn(tool: unknown): boolean {
  if (!isObject(tool)) return true;
  if (tool.type === "shell") {
    return !isObject(tool.environment) || tool.environment.type === "local";
  }
  return typeof tool.type !== "string" || CALLERS_OWN.has(tool.type);
}

/** A list of tools without those that run at the provider; null where there is nothing to leave out. */
export function withoutHosted(tools: readonly unknown[]): unknown[] | null {
  return tools.every(isCallersOwn) ? null : tools.filter(isCallersOwn);
}

/** In which kinds of tool_choice the type names no tool of the provider's. */
const CHOICES = new Set([
  "function",
  "custom",
  "tool_search",
  "apply_patch",
  "shell",
  "local_shell",
  "computer",
]);

/**
 * The tool_choice that fits a call without hosted tools; the one given where it fits already. Throws
 * `unsupported_capability` where the caller insists on a tool that is left out.
 */
export function choiceWithoutHosted(choice: unknown, anyTools: boolean): unknown {
  const refuse = (what: string): never => {
    throw new GatewayError("unsupported_capability", {
      message: `tool_choice asks for ${what}, which this gateway leaves out: tools that run at the provider are billed apart from tokens. Use tools of your own.`,
      param: "tool_choice",
    });
  };
  if (choice === "required" && !anyTools) refuse("a tool, and every tool given is one of the provider's");
  if (!isObject(choice)) return choice;
  if (choice.type === "allowed_tools") {
    const allowed = Array.isArray(choice.tools) ? choice.tools : [];
    const own = withoutHosted(allowed);
    if (own === null) return choice;
    if (own.length > 0) return { ...choice, tools: own };
    if (choice.mode === "required") refuse("tools of the provider's only");
    return "none";
  }
  if (typeof choice.type === "string" && !CHOICES.has(choice.type)) refuse(choice.type.slice(0, 60));
  return choice;
}

/** The tools that travel inside input items: those loaded or added in the middle of a conversation. */
export function itemTools(item: Json): readonly unknown[] | null {
  if (item.type !== "additional_tools" && item.type !== "tool_search_output") return null;
  return Array.isArray(item.tools) ? item.tools : null;
}
