import type { Json, RewriteTo } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError } from "@/lib/gateway/gateway-error";
import { type ClaudeTraits, traitsOf } from "./claude-model";
import { fitSchema } from "./fit-schema";
import { thinkingFromChat } from "./thinking-from-chat";
import { toolChoiceFromChat, toolsFromChat } from "./tools-from-chat";
import { lacksThinking, turnsFromChat } from "./turns-from-chat";

/** What `response_format: {"type": "json_object"}` asks for, which Anthropic has no field for. */
const JSON_ONLY = "Answer with one JSON object and nothing else: no code fences, no text around it.";

/**
 * A chat completion's body as one of Anthropic's. What Anthropic has no word for is left out (seed, penalties,
 * logit_bias, ...); what changes the answer and cannot be had is refused with `unsupported_capability`.
 * Sources: Anthropic API reference, "Messages"; OpenAI API reference, "Create chat completion".
 */
export function bodyFromChat(chat: Json, to: RewriteTo): Json {
  refuseImpossible(chat);
  const traits = traitsOf(to.upstreamId);
  const maxTokens = capOf(chat, to);
  const { system, turns } = turnsFromChat(chat.messages, traits.prefill);
  const tools = toolsFromChat(chat);
  const choice = toolChoiceFromChat(chat, tools);
  const forced = choice?.type === "any" || choice?.type === "tool";
  const possible = !forced && !(traits.thinking === "budget" && lacksThinking(turns));
  const { thinking, effort } = to.model.reasoning
    ? thinkingFromChat(chat, traits, maxTokens, possible)
    : { thinking: null, effort: null };
  const format = formatOf(chat.response_format);
  if (isObject(chat.response_format) && chat.response_format.type === "json_object") {
    system.push({ type: "text", text: JSON_ONLY });
  }
  const config = { ...(effort ? { effort } : {}), ...(format ? { format } : {}) };
  const stops = stopsOf(chat.stop);
  return {
    model: to.upstreamId,
    max_tokens: maxTokens,
    messages: turns,
    ...(system.length > 0 ? { system } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    ...(choice ? { tool_choice: choice } : {}),
    ...(thinking ? { thinking } : {}),
    ...(Object.keys(config).length > 0 ? { output_config: config } : {}),
    ...(stops.length > 0 ? { stop_sequences: stops } : {}),
    ...samplingOf(chat, traits, thinking !== null),
    ...(typeof chat.user === "string" && chat.user !== "" ? { metadata: { user_id: chat.user } } : {}),
    ...(chat.stream === true ? { stream: true } : {}),
  };
}

function refuseImpossible(chat: Json): void {
  const refuse = (what: string, param: string): never => {
    throw new GatewayError("unsupported_capability", {
      message: `This model cannot give ${what}. Leave it out or choose another model.`,
      param,
    });
  };
  if (typeof chat.n === "number" && chat.n > 1) refuse("several answers at once", "n");
  if (chat.logprobs === true) refuse("log probabilities", "logprobs");
  if (typeof chat.top_logprobs === "number" && chat.top_logprobs > 0)
    refuse("log probabilities", "top_logprobs");
  const { modalities } = chat;
  if (Array.isArray(modalities) && modalities.includes("audio")) refuse("sound", "modalities");
}

/** The caller's cap where it fits the model, which wants one in any case. */
function capOf(chat: Json, to: RewriteTo): number {
  const asked = [chat.max_completion_tokens, chat.max_tokens].filter(
    (value): value is number => typeof value === "number" && value >= 1,
  );
  const most = to.model.maxOutputTokens;
  return to.capTokens ?? Math.min(asked.length > 0 ? Math.max(...asked) : most, most);
}

function formatOf(format: unknown): Json | null {
  if (!isObject(format) || format.type !== "json_schema") return null;
  const schema = isObject(format.json_schema) ? format.json_schema.schema : format.schema;
  return { type: "json_schema", schema: isObject(schema) ? fitSchema(schema) : { type: "object" } };
}

function stopsOf(stop: unknown): string[] {
  const list: unknown[] = Array.isArray(stop) ? stop : [stop];
  return list.filter((text): text is string => typeof text === "string" && text.trim() !== "");
}

/** OpenAI's temperature goes up to 2, Anthropic's to 1; newer Claudes take one of the two, the newest neither. */
function samplingOf(chat: Json, traits: ClaudeTraits, thinks: boolean): Json {
  const { temperature, top_p: topP, top_k: topK } = chat;
  if (!traits.sampling || thinks) return {};
  const sampling: Json = {};
  if (typeof temperature === "number") sampling.temperature = Math.max(0, Math.min(1, temperature));
  else if (typeof topP === "number") sampling.top_p = topP;
  if (typeof topK === "number" && Number.isInteger(topK) && topK > 0) sampling.top_k = topK;
  return sampling;
}
