import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { blocksFromParts, textBlock } from "./blocks-from-parts";
import { thinkingBlocks } from "./thinking-details";

export interface Turn {
  role: "user" | "assistant";
  content: Json[];
}

/** A conversation as Anthropic wants it: instructions apart, and users and assistant taking turns. */
export interface Conversation {
  system: Json[];
  turns: Turn[];
}

/** Stands where a conversation begins with the assistant, or goes on without anyone having asked. */
const BEGIN = "(The conversation begins.)";
const GO_ON = "Continue.";

/** Anthropic allows fewer characters in the id of a tool call than others use. */
const toolId = (id: unknown): string => String(id).replace(/[^a-zA-Z0-9_-]/g, "_");

/**
 * The messages of a chat completion as turns. Instructions go to `system` wherever they stand, messages of the same
 * role become one turn, results of tools come first in the turn of the user. `prefill` says whether the model goes on
 * with an assistant's turn that comes last. Throws `unsupported_capability` for content it cannot be given.
 * Source: Anthropic API reference, "Messages" `messages`; docs, "Handle tool calls".
 */
export function turnsFromChat(messages: unknown, prefill: boolean): Conversation {
  const system: Json[] = [];
  const turns: Turn[] = [];
  const say = (role: Turn["role"], blocks: readonly Json[]) => {
    if (blocks.length === 0) return;
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...blocks);
    else turns.push({ role, content: [...blocks] });
  };
  let calls = 0;
  for (const [at, message] of (Array.isArray(messages) ? (messages as unknown[]) : []).entries()) {
    if (!isObject(message)) continue;
    const param = `messages[${at}].content`;
    switch (message.role) {
      case "system":
      case "developer":
        system.push(...blocksFromParts(message.content, param));
        break;
      case "assistant":
        if (isObject(message.function_call)) calls++;
        say("assistant", assistantBlocks(message, param, calls));
        break;
      case "tool":
        say("user", [resultBlock(message, toolId(message.tool_call_id), param)]);
        break;
      case "function":
        say("user", [resultBlock(message, legacyId(calls), param)]);
        break;
      default:
        say("user", blocksFromParts(message.content, param));
    }
  }
  return { system, turns: wellFormed(system, turns, prefill) };
}

const legacyId = (call: number) => `call_function_${call}`;

function assistantBlocks(message: Json, param: string, calls: number): Json[] {
  const blocks = thinkingBlocks(message.reasoning_details);
  blocks.push(...blocksFromParts(message.content, param));
  if (typeof message.refusal === "string") blocks.push(...textBlock(message.refusal));
  if (Array.isArray(message.tool_calls)) {
    for (const call of message.tool_calls as unknown[]) {
      if (isObject(call) && isObject(call.function)) blocks.push(callBlock(toolId(call.id), call.function));
    }
  }
  if (isObject(message.function_call)) blocks.push(callBlock(legacyId(calls), message.function_call));
  return blocks;
}

function callBlock(id: string, called: Json): Json {
  return { type: "tool_use", id, name: called.name, input: inputOf(called.arguments) };
}

/** The arguments of a call, which must be an object there; what cannot be read is handed on as it is. */
function inputOf(json: unknown): Json {
  if (isObject(json)) return json;
  const text = typeof json === "string" ? json.trim() : "";
  if (text === "") return {};
  try {
    const input: unknown = JSON.parse(text);
    return isObject(input) ? input : { arguments: input };
  } catch {
    return { arguments: text };
  }
}

function resultBlock(message: Json, id: string, param: string): Json {
  const { content, cache_control: cache } = message;
  return {
    type: "tool_result",
    tool_use_id: id,
    content: typeof content === "string" ? content : blocksFromParts(content, param),
    ...(isObject(cache) ? { cache_control: cache } : {}),
  };
}

function wellFormed(system: Json[], turns: Turn[], prefill: boolean): Turn[] {
  const first = turns[0];
  if (!first) {
    // Instructions alone are what is asked.
    return [
      { role: "user", content: system.length > 0 ? system.splice(0) : [{ type: "text", text: BEGIN }] },
    ];
  }
  if (first.role === "assistant") turns.unshift({ role: "user", content: [{ type: "text", text: BEGIN }] });
  for (const turn of turns) {
    if (turn.role === "user") turn.content.sort((a, b) => rank(a) - rank(b));
  }
  const last = turns.at(-1);
  if (last?.role !== "assistant") return turns;
  if (!prefill || last.content.some((block) => block.type === "tool_use" || block.type === "thinking")) {
    turns.push({ role: "user", content: [{ type: "text", text: GO_ON }] });
    return turns;
  }
  const end = last.content.at(-1);
  if (end?.type === "text") end.text = String(end.text).trimEnd();
  return turns;
}

const rank = (block: Json) => (block.type === "tool_result" ? 0 : 1);

/**
 * Whether the assistant is in the middle of a turn, calling tools or speaking, and its thinking before that is gone:
 * then a budget for thinking is refused.
 */
export function lacksThinking(turns: readonly Turn[]): boolean {
  if (turns.at(-1)?.role === "assistant") return true;
  const answering = turns.at(-1)?.content.some((block) => block.type === "tool_result") ?? false;
  const caller = turns.findLast((turn) => turn.role === "assistant");
  if (!answering || !caller) return false;
  return !caller.content.some((block) => block.type === "thinking" || block.type === "redacted_thinking");
}
