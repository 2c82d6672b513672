import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/** What stands before the pictures of a tool's result, which only a user may show there; and in their stead. */
const PICTURES = "Pictures from the results above:";
const PICTURES_FOLLOW = "The pictures follow.";

/**
 * A chat completion that was translated from another dialect, as any OpenAI-compatible server takes it. Strict ones
 * (Mistral, Groq, ...) refuse fields that they do not know: `cache_control` and `reasoning_details` belong to vendors
 * that are spoken to in their own dialect. Pictures in a tool's result move to a message of the user after it, and
 * content that is nothing but text becomes a text.
 * Source: OpenAI API reference, "Create chat completion", tool messages hold text only.
 */
export function chatFromPivot(chat: Json): Json {
  const { messages, tools } = chat;
  return {
    ...chat,
    ...(Array.isArray(messages) ? { messages: plainMessages((messages as unknown[]).filter(isObject)) } : {}),
    ...(Array.isArray(tools) ? { tools: (tools as unknown[]).filter(isObject).map(withoutCache) } : {}),
  };
}

function plainMessages(messages: readonly Json[]): Json[] {
  const plain: Json[] = [];
  let pictures: Json[] = [];
  const show = () => {
    if (pictures.length === 0) return;
    plain.push({ role: "user", content: [{ type: "text", text: PICTURES }, ...pictures] });
    pictures = [];
  };
  for (const message of messages) {
    const { reasoning_details: _details, ...rest } = withoutCache(message);
    if (message.role !== "tool") show();
    if (Array.isArray(message.content)) {
      const parts = (message.content as unknown[]).filter(isObject).map(withoutCache);
      const texts = parts.filter((part) => part.type === "text").map((part) => String(part.text));
      if (message.role === "tool") {
        const shown = parts.filter((part) => part.type === "image_url");
        pictures.push(...shown);
        if (shown.length > 0 && texts.length === 0) texts.push(PICTURES_FOLLOW);
      }
      const textOnly = message.role === "tool" || texts.length === parts.length;
      rest.content = textOnly ? texts.join("\n\n") : parts;
    }
    plain.push(rest);
  }
  show();
  return plain;
}

function withoutCache(value: Json): Json {
  if (value.cache_control === undefined) return value;
  const { cache_control: _cache, ...rest } = value;
  return rest;
}
