import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/**
 * Claude's thinking as `reasoning_details` of the chat dialect, in which it travels whole: text, signature, and what
 * is encrypted. Source: OpenRouter docs, "Reasoning tokens", `reasoning_details`.
 */
export const CLAUDE_FORMAT = "anthropic-claude-v1";

export function thoughtDetail(thinking: string, signature: string | null, index: number): Json {
  const signed = signature === null || signature === "" ? {} : { signature };
  return { type: "reasoning.text", text: thinking, ...signed, format: CLAUDE_FORMAT, index };
}

export function redactedDetail(data: string, index: number): Json {
  return { type: "reasoning.encrypted", data, format: CLAUDE_FORMAT, index };
}

/**
 * The thinking blocks in a message's `reasoning_details`: Claude's own, or of no named origin. Pieces of one block
 * (same index, one after the other) are put together; what bears no signature is left out, because no Claude would
 * believe it.
 */
export function thinkingBlocks(details: unknown): Json[] {
  if (!Array.isArray(details)) return [];
  const blocks: { thinking: string; signature: string; index: unknown; data?: string }[] = [];
  for (const detail of details as unknown[]) {
    if (!isObject(detail)) continue;
    const { type, format, index = null } = detail;
    if (typeof format === "string" && format !== CLAUDE_FORMAT) continue;
    if (type === "reasoning.encrypted") {
      const { data } = detail;
      // Without a named origin it may be anybody's.
      if (typeof data === "string" && format === CLAUDE_FORMAT)
        blocks.push({ thinking: "", signature: "", index, data });
      continue;
    }
    if (type !== "reasoning.text") continue;
    const thinking = typeof detail.text === "string" ? detail.text : "";
    const signature = typeof detail.signature === "string" ? detail.signature : "";
    const last = blocks.at(-1);
    if (last && last.data === undefined && last.signature === "" && last.index === index) {
      last.thinking += thinking;
      last.signature = signature;
    } else {
      blocks.push({ thinking, signature, index });
    }
  }
  const written: Json[] = [];
  for (const { thinking, signature, data } of blocks) {
    if (data !== undefined) written.push({ type: "redacted_thinking", data });
    else if (signature !== "") written.push({ type: "thinking", thinking, signature });
  }
  return written;
}
