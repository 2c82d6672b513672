import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { isSealed, type ThoughtField, unseal } from "@/lib/gateway/dialects/responses/reasoning-seal";
import { redactedDetail, thoughtDetail } from "@/lib/gateway/upstreams/anthropic/thinking-details";
import { blocksOf, partsFromBlocks, plainContent } from "./parts-from-blocks";

/** Claude Code's mark for Anthropic's own accounting; there it is taken out before the model reads it. */
const BILLING_MARK = "x-anthropic-billing-header:";

/**
 * The instructions and messages of a call in Anthropic's dialect as messages of the chat dialect. Results of tools
 * become messages of their own, thinking becomes reasoning with its signatures.
 */
export function messagesToChat(body: Json): Json[] {
  const chat: Json[] = [];
  const system = blocksOf(body.system).filter((block) => !String(block.text).startsWith(BILLING_MARK));
  if (system.length > 0) chat.push({ role: "system", content: plainContent(partsFromBlocks(system)) });
  for (const message of Array.isArray(body.messages) ? (body.messages as unknown[]) : []) {
    if (!isObject(message)) continue;
    const blocks = blocksOf(message.content);
    if (message.role === "assistant") chat.push(...assistantMessage(blocks));
    else if (message.role === "system") chat.push(...says("system", blocks));
    else {
      chat.push(...blocks.filter((block) => block.type === "tool_result").map(toolMessage));
      chat.push(...says("user", blocks));
    }
  }
  return chat;
}

function says(role: "system" | "user", blocks: readonly Json[]): Json[] {
  const parts = partsFromBlocks(blocks);
  return parts.length > 0 ? [{ role, content: plainContent(parts) }] : [];
}

function toolMessage(block: Json): Json {
  const parts = partsFromBlocks(blocksOf(block.content));
  if (block.is_error === true) markError(parts);
  return {
    role: "tool",
    tool_call_id: block.tool_use_id,
    content: plainContent(parts),
    ...(isObject(block.cache_control) ? { cache_control: block.cache_control } : {}),
  };
}

/** The chat dialect has no field for a tool's failure, so that the text must say it. */
function markError(parts: Json[]): void {
  const first = parts[0];
  if (first?.type !== "text") parts.unshift({ type: "text", text: "Error" });
  else if (!/error|fail/i.test(String(first.text).slice(0, 200))) first.text = `Error: ${String(first.text)}`;
}

function assistantMessage(blocks: readonly Json[]): Json[] {
  let text = "";
  const reasoning: Partial<Record<ThoughtField, string>> = {};
  const details: Json[] = [];
  const calls: Json[] = [];
  const extras: Record<string, Json> = {};
  for (const block of blocks) {
    switch (block.type) {
      case "text":
        text += String(block.text);
        break;
      case "thinking":
        think(block, reasoning, details);
        break;
      case "redacted_thinking":
        if (isSealed(block.data)) {
          const sealed = unseal(block.data);
          details.push(...sealed.details);
          Object.assign(extras, sealed.calls);
        } else if (typeof block.data === "string") details.push(redactedDetail(block.data, details.length));
        break;
      case "tool_use":
        calls.push({
          id: block.id,
          type: "function",
          function: { name: block.name, arguments: JSON.stringify(block.input ?? {}) },
        });
        break;
    }
  }
  if (text === "" && calls.length === 0) return [];
  for (const call of calls) {
    const extra = extras[String(call.id)];
    if (extra) call.extra_content = extra;
  }
  return [
    {
      role: "assistant",
      content: text === "" ? null : text,
      ...reasoning,
      ...(details.length > 0 ? { reasoning_details: details } : {}),
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    },
  ];
}

/** Claude's own thoughts are signed, and nothing to other models; theirs go back in the field that they came in. */
function think(block: Json, reasoning: Partial<Record<ThoughtField, string>>, details: Json[]): void {
  const thinking = typeof block.thinking === "string" ? block.thinking : "";
  const signature = typeof block.signature === "string" ? block.signature : "";
  if (signature !== "" && !isSealed(signature)) {
    details.push(thoughtDetail(thinking, signature, details.length));
    return;
  }
  const field = signature === "" ? null : unseal(signature).field;
  if (field !== null && thinking !== "") reasoning[field] = (reasoning[field] ?? "") + thinking;
}
