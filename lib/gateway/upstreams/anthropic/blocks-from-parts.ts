import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError } from "@/lib/gateway/gateway-error";

function unsupported(message: string, param: string): GatewayError {
  return new GatewayError("unsupported_capability", { message, param });
}

const BASE64_URL = /^data:([^;,]+)(?:;[^;,]+)*;base64,/i;

/** A data URL as Anthropic's base64 source, any other as its url source. Long data may be cut: it is only moved. */
function sourceOf(url: string, param: string): Json {
  const match = BASE64_URL.exec(url);
  if (match) {
    const type = (match[1] ?? "").toLowerCase();
    return {
      type: "base64",
      media_type: type === "image/jpg" ? "image/jpeg" : type,
      data: url.slice(match[0].length),
    };
  }
  if (/^https?:\/\//i.test(url)) return { type: "url", url };
  throw unsupported(`${param} must be an http URL or a base64 data URL for this model.`, param);
}

const cacheOf = (part: Json): Json =>
  isObject(part.cache_control) ? { cache_control: part.cache_control } : {};

/** Text that is nothing but white space is refused there. */
export function textBlock(text: string, more: Json = {}): Json[] {
  return text.trim() === "" ? [] : [{ type: "text", text, ...more }];
}

/**
 * The content of a chat message as blocks of Anthropic's: text, images, PDF files, `cache_control` kept. Throws
 * `unsupported_capability` for sound, video and anything else that a Claude cannot be shown.
 * Sources: OpenAI API reference, content parts; Anthropic docs, "Vision", "PDF support".
 */
export function blocksFromParts(content: unknown, param: string): Json[] {
  if (typeof content === "string") return textBlock(content);
  if (!Array.isArray(content)) return [];
  const blocks: Json[] = [];
  for (const [at, part] of (content as unknown[]).entries()) {
    if (typeof part === "string") blocks.push(...textBlock(part));
    else if (isObject(part)) blocks.push(...blockFromPart(part, `${param}[${at}]`));
  }
  return blocks;
}

function blockFromPart(part: Json, param: string): Json[] {
  switch (part.type) {
    case "text":
    case "input_text":
    case "output_text":
      return typeof part.text === "string" ? textBlock(part.text, cacheOf(part)) : [];
    case "refusal":
      return typeof part.refusal === "string" ? textBlock(part.refusal) : [];
    case "image_url": {
      const url = isObject(part.image_url) ? part.image_url.url : part.image_url;
      return [{ type: "image", source: sourceOf(String(url), `${param}.image_url.url`), ...cacheOf(part) }];
    }
    case "file":
      return [{ ...fileBlock(part.file, param), ...cacheOf(part) }];
    case "reasoning":
    case "thinking":
      return [];
    default:
      throw unsupported(`This model cannot be given ${String(part.type)} (${param}).`, param);
  }
}

function fileBlock(file: unknown, param: string): Json {
  const { file_data: data, filename } = isObject(file) ? file : {};
  const source = typeof data === "string" ? sourceOf(data, `${param}.file.file_data`) : null;
  if (source?.type !== "base64" || source.media_type !== "application/pdf") {
    throw unsupported(`${param}: of files, this model reads PDF only, sent as a base64 data URL.`, param);
  }
  return { type: "document", source, ...(typeof filename === "string" ? { title: filename } : {}) };
}
