import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

/** The text of a content in its parts, whatever they are called; other parts are left out. */
export function partsText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  const texts: string[] = [];
  for (const part of content as unknown[]) {
    if (isObject(part) && typeof part.text === "string") texts.push(part.text);
  }
  return texts.join("\n\n");
}

/**
 * A content as a chat completion has it: text stays a text, because many upstreams take nothing else; with pictures,
 * files or sound in it a list of parts.
 */
export function contentToChat(content: unknown): string | Json[] {
  if (!Array.isArray(content)) return typeof content === "string" ? content : "";
  const parts: Json[] = [];
  for (const part of content as unknown[]) {
    const translated = isObject(part) ? partToChat(part) : null;
    if (translated) parts.push(translated);
  }
  return parts.every((part) => part.type === "text") ? partsText(content) : parts;
}

function partToChat(part: Json): Json | null {
  switch (part.type) {
    case "input_image":
    case "computer_screenshot": {
      // Chat completions have no "original"; the most detailed is the nearest.
      const detail = part.detail === "original" ? "high" : part.detail;
      const image = { url: part.image_url, ...(typeof detail === "string" ? { detail } : {}) };
      return { type: "image_url", image_url: image };
    }
    case "input_file":
      return {
        type: "file",
        file: {
          ...(typeof part.filename === "string" ? { filename: part.filename } : {}),
          file_data: part.file_data,
        },
      };
    case "input_audio":
      return isObject(part.input_audio) ? { type: "input_audio", input_audio: part.input_audio } : null;
    default:
      return typeof part.text === "string" ? { type: "text", text: part.text } : null;
  }
}
