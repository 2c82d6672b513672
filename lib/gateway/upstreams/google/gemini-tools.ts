import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { cleanSchema } from "./gemini-schema";

/**
 * `tools` and `toolConfig` from a chat completion's tools (or its older `functions`) and their choice. Tools that
 * are no functions are left out, as unknown tool types are everywhere. Gemini cannot be told to make one call at a
 * time, so that `parallel_tool_calls: false` is not kept.
 * Source: Gemini API reference, FunctionDeclaration and FunctionCallingConfig.
 */
export function toGeminiTools(chat: Json): { tools?: Json[]; toolConfig?: Json } {
  const functionDeclarations = declarations(chat);
  const choice = chooseMode(chat.tool_choice ?? chat.function_call, functionDeclarations);
  if (functionDeclarations.length === 0) return {};
  const tools = [{ functionDeclarations }];
  return choice ? { tools, toolConfig: { functionCallingConfig: choice } } : { tools };
}

function declarations(chat: Json): Json[] {
  const listed = Array.isArray(chat.tools) ? (chat.tools as unknown[]) : [];
  const functions = listed.flatMap((tool) =>
    isObject(tool) && tool.type === "function" && isObject(tool.function) ? [tool.function] : [],
  );
  if (functions.length === 0 && Array.isArray(chat.functions))
    functions.push(...chat.functions.filter(isObject));
  return functions.flatMap((given) => {
    if (typeof given.name !== "string") return [];
    const declaration: Json = { name: given.name };
    if (typeof given.description === "string") declaration.description = given.description;
    const parameters = cleanSchema(given.parameters);
    if (hasContent(parameters)) declaration.parametersJsonSchema = { ...parameters, type: "object" };
    return [declaration];
  });
}

/** A function without parameters is declared without a schema. */
function hasContent(schema: Json): boolean {
  const { properties, additionalProperties } = schema;
  if (isObject(properties) && Object.keys(properties).length > 0) return true;
  if (isObject(additionalProperties) || additionalProperties === true) return true;
  return ["$ref", "anyOf", "oneOf"].some((name) => schema[name] !== undefined);
}

function chooseMode(choice: unknown, declared: readonly Json[]): Json | null {
  if (choice === undefined || choice === null || choice === "auto") return null;
  if (choice === "none") return { mode: "NONE" };
  if (choice === "required") return { mode: "ANY" };
  const names = allowedNames(choice);
  if (names.length === 0 || !names.every((name) => declared.some((known) => known.name === name))) {
    throw new GatewayError("unsupported_capability", {
      message: "This model can only be made to call one of the functions in tools.",
      param: "tool_choice",
    });
  }
  const required =
    !isObject(choice) || !isObject(choice.allowed_tools) || choice.allowed_tools.mode !== "auto";
  return { mode: required ? "ANY" : "VALIDATED", allowedFunctionNames: names };
}

/** `{type: "function", function: {name}}`, `{name}` of the older form, or `{type: "allowed_tools", allowed_tools}`. */
function allowedNames(choice: unknown): string[] {
  if (!isObject(choice)) return [];
  const allowed = isObject(choice.allowed_tools) ? choice.allowed_tools.tools : [choice];
  return (Array.isArray(allowed) ? (allowed as unknown[]) : []).flatMap((tool) => {
    const named = isObject(tool) && isObject(tool.function) ? tool.function : tool;
    return isObject(named) && typeof named.name === "string" ? [named.name] : [];
  });
}
