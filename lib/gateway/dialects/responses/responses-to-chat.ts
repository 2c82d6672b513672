import type { Json, RewriteTo } from "@/lib/gateway/dialects/api-request";
import { capFieldOf } from "@/lib/gateway/dialects/chat/rewrite-chat";
import { cutBytes } from "@/lib/gateway/dialects/chat/scan-body";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { itemTools } from "./hosted-tools";
import { inputToChat } from "./input-to-chat";
import type { ResponsesFields } from "./parse-responses";
import { type ChatTools, toolChoiceToChat, toolsToChat } from "./tools-to-chat";

/** Sampling and the like, by the same name in both dialects. */
const SAME = [
  "temperature",
  "top_p",
  "user",
  "seed",
  "stop",
  "frequency_penalty",
  "presence_penalty",
] as const;

/** The caller's tools as functions, those added in the middle of the conversation included. */
export function chatTools(fields: ResponsesFields): ChatTools {
  const added = fields.items.map(itemTools).filter((tools) => tools !== null);
  return toolsToChat([fields.tools, ...added]);
}

/**
 * A call to the Responses API as a chat completion. What describes the call to OpenAI alone (store, metadata,
 * truncation, include, client_metadata, ...) stays behind, because strict upstreams refuse fields they do not know.
 * Throws `unsupported_capability` for what a chat completion cannot say.
 */
export function responsesToChat(fields: ResponsesFields, tools: ChatTools, to: RewriteTo): Json {
  const { body } = fields;
  refuseCutInput(fields);
  const chat: Json = {
    model: to.upstreamId,
    messages: inputToChat(fields.items, fields.instructions, tools.names),
  };
  for (const name of SAME) if (body[name] !== undefined && body[name] !== null) chat[name] = body[name];
  const cap = to.capTokens ?? fields.maxTokens;
  if (cap !== null) chat[capFieldOf(to.model)] = cap;

  const chosen = toolChoiceToChat(fields.toolChoice, tools);
  if (chosen.tools.length > 0) {
    chat.tools = chosen.tools;
    if (chosen.choice !== undefined) chat.tool_choice = chosen.choice;
    if (body.parallel_tool_calls === false) chat.parallel_tool_calls = false;
  }
  addFormat(chat, body.text);
  if (to.model.reasoning) {
    // Codex and others set these for every model; elsewhere they are only fields that nobody knows.
    const { reasoning, text } = body;
    if (isObject(reasoning) && typeof reasoning.effort === "string") chat.reasoning_effort = reasoning.effort;
    if (isObject(text) && typeof text.verbosity === "string") chat.verbosity = text.verbosity;
  }
  if (fields.logprobs) {
    chat.logprobs = true;
    if (typeof body.top_logprobs === "number") chat.top_logprobs = body.top_logprobs;
  }
  if (to.model.promptCache && typeof body.prompt_cache_key === "string") {
    chat.prompt_cache_key = body.prompt_cache_key;
  }
  if (fields.stream) {
    chat.stream = true;
    chat.stream_options = { include_usage: true };
  }
  return chat;
}

function addFormat(chat: Json, text: unknown): void {
  const format = isObject(text) ? text.format : null;
  if (!isObject(format)) return;
  if (format.type === "json_object") chat.response_format = { type: "json_object" };
  if (format.type === "json_schema") {
    const { type: _, ...schema } = format;
    chat.response_format = { type: "json_schema", json_schema: schema };
  }
}

/** Long data cannot go where it would have to be quoted twice: into the arguments of a function. */
function refuseCutInput({ items, scan }: ResponsesFields): void {
  for (const [i, item] of items.entries()) {
    if (item.type !== "custom_tool_call" || cutBytes(scan, item.input as string) === 0) continue;
    const param = `input[${i}].input`;
    throw new GatewayError("unsupported_capability", {
      message: `${param} is too long for this model's provider.`,
      param,
    });
  }
}
