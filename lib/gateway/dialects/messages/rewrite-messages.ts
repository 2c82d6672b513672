import type { Json, RewriteTo } from "@/lib/gateway/dialects/api-request";
import { restoreBlobs, spliceFields } from "@/lib/gateway/dialects/chat/scan-body";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { isSealed } from "@/lib/gateway/dialects/responses/reasoning-seal";
import type { MessagesFields } from "./parse-messages";

/** Anthropic takes no smaller budget for thinking. */
const LEAST_BUDGET = 1_024;

/**
 * The body for an upstream that speaks the same dialect: the model's id there, the output cap where it must change,
 * and a budget for thinking that stays below it; every other byte is the caller's. Thoughts that this gateway wrote
 * down for another model are left out, because Anthropic refuses what it has not signed.
 */
export function rewriteMessages(fields: MessagesFields, to: RewriteTo): Buffer {
  const { body, bytes, scan } = fields;
  const changes: Json = {};
  if (to.upstreamId !== fields.model) changes.model = to.upstreamId;
  if (to.capTokens !== null) {
    changes.max_tokens = to.capTokens;
    const thinking = fitThinking(body.thinking, to.capTokens);
    if (thinking) changes.thinking = thinking;
  }
  if (fields.messages.some((message) => ownThoughts(message).length > 0)) {
    const messages = fields.messages.map(withoutOwnThoughts).filter((message) => message !== null);
    const { usage: _usage, ...rest }: Json = { ...body, ...changes, messages };
    return restoreBlobs(JSON.stringify(rest), bytes, scan);
  }
  const texts = new Map<string, string | null>();
  for (const [name, value] of Object.entries(changes)) texts.set(name, JSON.stringify(value));
  if (body.usage !== undefined) texts.set("usage", null);
  return spliceFields(bytes, scan, texts);
}

/** A budget below a cap that a wallet or a limit imposed, or no thinking; null where it fits already. */
function fitThinking(thinking: unknown, capTokens: number): Json | null {
  if (!isObject(thinking) || thinking.type !== "enabled") return null;
  const { budget_tokens: budget } = thinking;
  if (typeof budget !== "number" || budget < capTokens) return null;
  return capTokens > LEAST_BUDGET ? { ...thinking, budget_tokens: capTokens - 1 } : { type: "disabled" };
}

/** Thinking that no Claude signed: from another model's answer, told through this gateway. */
function ownThoughts(message: Json): Json[] {
  if (message.role !== "assistant" || !Array.isArray(message.content)) return [];
  return (message.content as Json[]).filter(
    (block) =>
      (block.type === "thinking" && (block.signature === "" || isSealed(block.signature))) ||
      (block.type === "redacted_thinking" && isSealed(block.data)),
  );
}

/** Null where nothing is left. */
function withoutOwnThoughts(message: Json): Json | null {
  const own = new Set(ownThoughts(message));
  if (own.size === 0) return message;
  const content = (message.content as Json[]).filter((block) => !own.has(block));
  return content.length > 0 ? { ...message, content } : null;
}
