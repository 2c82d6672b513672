import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/** Thoughts that OpenAI's own models can read again. */
export const OPENAI_FORMAT = "openai-responses-v1";

/** The messages of a chat completion as input items. Source: OpenAI guide "Migrate to the Responses API". */
export function inputFromMessages(messages: unknown): Json[] {
  const items: Json[] = [];
  const custom = new Set<unknown>();
  for (const message of Array.isArray(messages) ? (messages as unknown[]) : []) {
    if (!isObject(message)) continue;
    switch (message.role) {
      case "assistant":
        addAssistant(items, message, custom);
        break;
      case "tool": {
        const type = custom.has(message.tool_call_id) ? "custom_tool_call_output" : "function_call_output";
        const output = contentOf(message.content);
        items.push({ type, call_id: message.tool_call_id, output });
        break;
      }
      default:
        items.push({ type: "message", role: message.role, content: contentOf(message.content) });
    }
  }
  return items;
}

function addAssistant(items: Json[], message: Json, custom: Set<unknown>): void {
  if (Array.isArray(message.reasoning_details)) {
    for (const detail of message.reasoning_details as unknown[]) {
      const item = isObject(detail) ? reasoningItem(detail) : null;
      if (item) items.push(item);
    }
  }
  const text = textOf(message.content);
  if (text !== "") items.push({ type: "message", role: "assistant", content: text });
  if (typeof message.refusal === "string" && message.refusal !== "") {
    const content = [{ type: "refusal", refusal: message.refusal }];
    items.push({ type: "message", role: "assistant", content });
  }
  if (!Array.isArray(message.tool_calls)) return;
  for (const call of message.tool_calls as unknown[]) {
    if (!isObject(call)) continue;
    if (isObject(call.custom)) {
      custom.add(call.id);
      const { name, input } = call.custom;
      items.push({ type: "custom_tool_call", call_id: call.id, name, input });
    } else if (isObject(call.function)) {
      const { name, arguments: text } = call.function;
      items.push({ type: "function_call", call_id: call.id, name, arguments: text });
    }
  }
}

function reasoningItem(detail: Json): Json | null {
  if (detail.type !== "reasoning.encrypted" || detail.format !== OPENAI_FORMAT) return null;
  return {
    type: "reasoning",
    ...(typeof detail.id === "string" ? { id: detail.id } : {}),
    summary: [],
    encrypted_content: detail.data,
  };
}

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => (isObject(part) && typeof part.text === "string" ? part.text : "")).join("");
}

function contentOf(content: unknown): string | Json[] {
  if (!Array.isArray(content)) return typeof content === "string" ? content : "";
  const parts: Json[] = [];
  for (const part of content as unknown[]) {
    const given = typeof part === "string" ? { type: "text", text: part } : part;
    const made = isObject(given) ? partOf(given) : null;
    if (made) parts.push(made);
  }
  return parts;
}

function partOf(part: Json): Json | null {
  switch (part.type) {
    case "image_url": {
      const image = isObject(part.image_url) ? part.image_url : { url: part.image_url };
      return { type: "input_image", image_url: image.url, detail: image.detail ?? "auto" };
    }
    case "file":
      return isObject(part.file) ? { type: "input_file", ...part.file } : null;
    case "input_audio":
      return { type: "input_audio", input_audio: part.input_audio };
    default:
      return typeof part.text === "string" ? { type: "input_text", text: part.text } : null;
  }
}
