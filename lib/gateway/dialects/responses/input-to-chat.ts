import type { Json } from "@/lib/gateway/dialects/api-request";
import { GatewayError, invalidRequest } from "@/lib/gateway/gateway-error";
import { contentToChat, partsText } from "./content-to-chat";
import { itemType } from "./read-input";
import { isSealed, type Sealed, type ThoughtField, unseal } from "./reasoning-seal";
import type { ToolNames } from "./tool-names";
import { foundTools, SEARCH } from "./tools-to-chat";

/** One turn of the assistant, from items that follow one another. */
interface Assistant {
  texts: string[];
  refusal: string | null;
  thoughts: string[];
  thoughtField: ThoughtField;
  details: Json[];
  calls: Json[];
}

/** A message, and the outputs of the tools that it called, which must follow it. */
interface Turn {
  message: Json;
  outputs: Json[];
}

/**
 * The items of a call as messages of a chat completion. What the assistant said, thought and called in one go
 * becomes one message, and the outputs of its calls follow it, wherever they stood. Throws `invalid_request_error`
 * for calls and outputs without one another, as OpenAI does, and `unsupported_capability` for what only the provider
 * that made it can read.
 */
export function inputToChat(items: readonly Json[], instructions: string | null, names: ToolNames): Json[] {
  const turns: Turn[] = [];
  const system: string[] = instructions ? [instructions] : [];
  const called = new Map<string, { turn: Turn; param: string; answered: boolean }>();
  const extras = sealedCalls(items);
  /** Calls of built-in tools, which only their own provider's models know; their outputs go with them. */
  const dropped = new Set<string>();
  let assistant: Assistant | null = null;
  let waiting: { id: string; param: string }[] = [];

  const speaking = (): Assistant => {
    assistant ??= {
      texts: [],
      refusal: null,
      thoughts: [],
      thoughtField: "reasoning_content",
      details: [],
      calls: [],
    };
    return assistant;
  };
  const flush = () => {
    const turn: Turn | null = assistant && assistantTurn(assistant);
    if (turn) turns.push(turn);
    for (const { id, param } of waiting) if (turn) called.set(id, { turn, param, answered: false });
    assistant = null;
    waiting = [];
  };
  const call = (item: Json, name: string, text: string, param: string) => {
    const id = item.call_id as string;
    const extra = extras[id];
    speaking().calls.push({
      id,
      type: "function",
      function: { name, arguments: text },
      ...(extra ? { extra_content: extra } : {}),
    });
    waiting.push({ id, param });
  };

  const answer = (id: string, content: string | Json[], param: string) => {
    flush();
    const made = called.get(id);
    if (!made && dropped.has(id)) return;
    if (!made) {
      throw invalidRequest(
        `${param}: no call with the call_id ${quote(id)} comes before this output.`,
        param,
      );
    }
    made.answered = true;
    made.turn.outputs.push({ role: "tool", tool_call_id: id, content });
  };

  for (const [i, item] of items.entries()) {
    const param = `input[${i}]`;
    const namespace = typeof item.namespace === "string" ? item.namespace : null;
    switch (itemType(item)) {
      case "message":
        if (item.role === "assistant") {
          addSpoken(speaking(), item.content);
        } else {
          flush();
          const first = turns.length === 0;
          const isSystem = item.role === "system" || item.role === "developer";
          if (isSystem && first) system.push(partsText(item.content));
          else if (isSystem) turns.push(plain({ role: "system", content: partsText(item.content) }));
          else turns.push(plain({ role: "user", content: contentToChat(item.content) }));
        }
        break;
      case "reasoning":
        addThought(speaking(), item);
        break;
      case "function_call":
        call(item, names.chatName(namespace, item.name as string), item.arguments as string, param);
        break;
      case "custom_tool_call":
        call(
          item,
          names.chatName(namespace, item.name as string),
          JSON.stringify({ input: item.input }),
          param,
        );
        break;
      case "function_call_output":
      case "custom_tool_call_output":
        answer(item.call_id as string, contentToChat(item.output), param);
        break;
      case "tool_search_call":
        if (typeof item.call_id === "string") {
          call(item, names.chatName(null, SEARCH), JSON.stringify(item.arguments ?? {}), param);
        }
        break;
      case "tool_search_output":
        if (typeof item.call_id === "string") answer(item.call_id, foundTools(item, names), param);
        break;
      case "compaction_trigger":
        throw new GatewayError("unsupported_capability", {
          message: `${param}: this model's provider does not compact conversations. Switch remote compaction off in your client.`,
          param,
        });
      case "compaction":
        throw new GatewayError("unsupported_capability", {
          message: `${param}: a compacted conversation can only be read by the provider that made it. Begin a new conversation with this model.`,
          param,
        });
      default:
        if (typeof item.call_id === "string") dropped.add(item.call_id);
      // Tools that are no part of a conversation, and what only their own provider can make use of.
    }
  }
  flush();
  for (const [id, { answered, param }] of called) {
    if (answered) continue;
    throw invalidRequest(`${param}: the call ${quote(id)} has no output in input.`, param);
  }
  const messages = turns.flatMap(({ message, outputs }) => [message, ...outputs]);
  return system.length > 0 ? [{ role: "system", content: system.join("\n\n") }, ...messages] : messages;
}

const plain = (message: Json): Turn => ({ message, outputs: [] });
const quote = (id: string) => JSON.stringify(id.length > 80 ? `${id.slice(0, 80)}...` : id);

/** What was sealed for single calls, wherever its reasoning item stands. */
function sealedCalls(items: readonly Json[]): Sealed["calls"] {
  const calls: Sealed["calls"] = {};
  for (const item of items) {
    if (item.type !== "reasoning" || !isSealed(item.encrypted_content)) continue;
    Object.assign(calls, unseal(item.encrypted_content).calls);
  }
  return calls;
}

function addSpoken(assistant: Assistant, content: unknown): void {
  const text = partsText(content);
  if (text !== "") assistant.texts.push(text);
  if (!Array.isArray(content)) return;
  for (const part of content as Json[]) {
    if (typeof part.refusal === "string") assistant.refusal = (assistant.refusal ?? "") + part.refusal;
  }
}

/** Thoughts that another provider has encrypted are its own, and so is their summary. */
function addThought(assistant: Assistant, item: Json): void {
  const text = partsText(item.content) || partsText(item.summary);
  const { encrypted_content: encrypted } = item;
  if (isSealed(encrypted)) {
    const { details, field } = unseal(encrypted);
    assistant.details.push(...details);
    if (field === null || text === "") return;
    assistant.thoughtField = field;
    assistant.thoughts.push(text);
  } else if (text !== "" && (typeof encrypted !== "string" || encrypted === "")) {
    assistant.thoughts.push(text);
  }
}

/** Null where nothing was said or called: thoughts alone are no turn. */
function assistantTurn({ texts, refusal, thoughts, thoughtField, details, calls }: Assistant): Turn | null {
  if (texts.length === 0 && refusal === null && calls.length === 0) return null;
  return plain({
    role: "assistant",
    content: texts.length > 0 ? texts.join("\n\n") : null,
    ...(refusal !== null ? { refusal } : {}),
    ...(thoughts.length > 0 ? { [thoughtField]: thoughts.join("\n\n") } : {}),
    ...(details.length > 0 ? { reasoning_details: details } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  });
}
