import type { Json, RewriteTo } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { inputFromMessages } from "./chat-input";

/** OpenAI refuses a smaller cap. */
const MIN_OUTPUT_TOKENS = 16;

/** By the same name in both. What the Responses API lacks (seed, penalties, logit_bias) is left out. */
const SAME = [
  "temperature",
  "top_p",
  "user",
  "safety_identifier",
  "prompt_cache_key",
  "parallel_tool_calls",
  "stream",
] as const;

/**
 * A chat completion as a call to the Responses API, for upstreams that have nothing else. Throws
 * `unsupported_capability` for several answers, stop sequences, old functions and sound. Source: OpenAI API reference, "Create a
 * model response".
 */
export function responsesFromChat(chat: Json, to: RewriteTo): Json {
  refuse(typeof chat.n === "number" && chat.n > 1, "n", "several answers at once");
  const { stop, functions, modalities } = chat;
  refuse(typeof stop === "string" || (Array.isArray(stop) && stop.length > 0), "stop", "stop sequences");
  refuse(Array.isArray(functions) && functions.length > 0, "functions", "functions that are no tools");
  refuse(Array.isArray(modalities) && modalities.includes("audio"), "modalities", "spoken answers");
  const body: Json = { model: to.upstreamId, input: inputFromMessages(chat.messages), store: false };
  for (const name of SAME) if (chat[name] !== undefined && chat[name] !== null) body[name] = chat[name];
  const cap = Math.max(
    0,
    ...[chat.max_tokens, chat.max_completion_tokens].map((given) => Number(given ?? 0)),
  );
  if (cap > 0) body.max_output_tokens = Math.max(MIN_OUTPUT_TOKENS, cap);

  const include: string[] = [];
  if (to.model.reasoning) {
    // Nothing is stored, so thoughts must travel with the conversation.
    include.push("reasoning.encrypted_content");
    const effort = chat.reasoning_effort;
    body.reasoning = { summary: "auto", ...(typeof effort === "string" ? { effort } : {}) };
  }
  if (chat.logprobs === true) {
    include.push("message.output_text.logprobs");
    if (typeof chat.top_logprobs === "number") body.top_logprobs = chat.top_logprobs;
  }
  if (include.length > 0) body.include = include;
  addText(body, chat);
  if (Array.isArray(chat.tools) && chat.tools.length > 0) {
    body.tools = chat.tools.map(flatTool);
    if (chat.tool_choice !== undefined) body.tool_choice = flatChoice(chat.tool_choice);
  }
  return body;
}

function refuse(asked: boolean, param: string, what: string): void {
  if (!asked) return;
  throw new GatewayError("unsupported_capability", {
    message: `This model's provider does not support ${what}. Leave ${param} out, or choose another model.`,
    param,
  });
}

function addText(body: Json, { response_format: format, verbosity }: Json): void {
  const text: Json = {};
  if (isObject(format)) {
    text.format =
      format.type === "json_schema" && isObject(format.json_schema)
        ? { type: "json_schema", ...format.json_schema }
        : { type: format.type };
  }
  if (typeof verbosity === "string") text.verbosity = verbosity;
  if (Object.keys(text).length > 0) body.text = text;
}

function flatTool(tool: unknown): unknown {
  if (!isObject(tool)) return tool;
  if (isObject(tool.function)) {
    // Here functions are strict unless they say otherwise.
    return { type: "function", strict: false, ...tool.function };
  }
  if (!isObject(tool.custom)) return tool;
  const { format, ...custom } = tool.custom;
  const grammar =
    isObject(format) && isObject(format.grammar) ? { type: "grammar", ...format.grammar } : format;
  return { type: "custom", ...custom, ...(grammar === undefined ? {} : { format: grammar }) };
}

function flatChoice(choice: unknown): unknown {
  if (!isObject(choice)) return choice;
  if (isObject(choice.allowed_tools)) {
    const { mode, tools } = choice.allowed_tools;
    const flat = Array.isArray(tools) ? tools.map(flatChoice) : [];
    return { type: "allowed_tools", mode, tools: flat };
  }
  const named = isObject(choice.function) ? choice.function : choice.custom;
  return isObject(named) ? { type: choice.type, name: named.name } : choice;
}
