import type { Json, RewriteTo } from "@/lib/gateway/dialects/api-request";
import { capFieldOf } from "@/lib/gateway/dialects/chat/rewrite-chat";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { messagesToChat } from "./messages-to-chat";
import type { MessagesFields } from "./parse-messages";
import { toolChoiceToChat, toolsToChat } from "./tools-to-chat";

/**
 * A call in Anthropic's dialect as the body of a chat completion. What has no counterpart there is left out: clients
 * send context_management, betas and the like to whoever answers.
 * Sources: Anthropic API reference, "Messages"; OpenAI API reference, "Create chat completion".
 */
export function bodyToChat(fields: MessagesFields, to: RewriteTo): Json {
  const { body } = fields;
  const tools = toolsToChat(body);
  const effort = fields.thinks && to.model.reasoning ? effortOf(body) : null;
  return {
    model: to.upstreamId,
    messages: messagesToChat(body),
    [capFieldOf(to.model)]: to.capTokens ?? fields.maxTokens,
    ...(tools.length > 0 ? { tools } : {}),
    ...toolChoiceToChat(body.tool_choice, tools),
    ...(effort === null ? {} : { reasoning_effort: effort }),
    ...formatToChat(body),
    ...(isTexts(body.stop_sequences) ? { stop: body.stop_sequences } : {}),
    ...samplingToChat(body, to),
    ...userToChat(body.metadata),
    ...(fields.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === "string");

const EFFORTS: Readonly<Record<string, string>> = {
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "high",
  max: "high",
};

/** How much to think: as said, else by the budget's share of the output; null leaves it to the model. */
function effortOf(body: Json): string | null {
  const said = isObject(body.output_config) ? body.output_config.effort : null;
  if (typeof said === "string") return EFFORTS[said] ?? null;
  const { thinking, max_tokens: most } = body;
  const budget = isObject(thinking) ? thinking.budget_tokens : null;
  if (typeof budget !== "number" || typeof most !== "number") return null;
  if (budget * 100 < most * 35) return "low";
  return budget * 100 < most * 65 ? "medium" : "high";
}

function formatToChat(body: Json): Json {
  const config = isObject(body.output_config) ? body.output_config.format : null;
  const format = isObject(config) ? config : body.output_format;
  if (!isObject(format) || format.type !== "json_schema") return {};
  const schema = { name: "answer", schema: format.schema, strict: isStrict(format.schema) };
  return { response_format: { type: "json_schema", json_schema: schema } };
}

/** Whether OpenAI's strict mode takes a schema: its objects are closed and want all their properties. */
function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (!isObject(schema)) return true;
  if (isObject(schema.properties)) {
    const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
    if (schema.additionalProperties !== false) return false;
    if (!Object.keys(schema.properties).every((name) => required.includes(name))) return false;
  }
  return Object.values(schema).every(isStrict);
}

/** Models that reason take no sampling, and refuse it; others may. */
function samplingToChat(body: Json, to: RewriteTo): Json {
  if (to.model.reasoning) return {};
  const sampling: Json = {};
  for (const name of ["temperature", "top_p"])
    if (typeof body[name] === "number") sampling[name] = body[name];
  return sampling;
}

/** OpenAI allows fewer characters in `user` than Claude Code writes into `metadata.user_id`. */
function userToChat(metadata: unknown): Json {
  if (!isObject(metadata) || typeof metadata.user_id !== "string" || metadata.user_id === "") return {};
  return metadata.user_id.length <= 64 ? { user: metadata.user_id } : {};
}
