import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";

const cacheOf = (block: Json): Json =>
  isObject(block.cache_control) ? { cache_control: block.cache_control } : {};

/** The list of blocks that a content is, whichever way it was written. */
export function blocksOf(content: unknown): Json[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  return Array.isArray(content) ? (content as unknown[]).filter(isObject) : [];
}

/** Content that a user, a tool or the instructions may have, as parts of the chat dialect. */
export function partsFromBlocks(blocks: readonly Json[]): Json[] {
  return blocks.flatMap((block) => {
    switch (block.type) {
      case "text":
        return [{ type: "text", text: block.text, ...cacheOf(block) }];
      case "image": {
        const source = isObject(block.source) ? block.source : {};
        const url =
          source.type === "url"
            ? source.url
            : `data:${String(source.media_type)};base64,${String(source.data)}`;
        return [{ type: "image_url", image_url: { url }, ...cacheOf(block) }];
      }
      case "document":
        return documentParts(block);
      case "search_result":
      case "mid_conv_system":
        return partsFromBlocks(blocksOf(block.content));
      case "tool_reference":
        return [{ type: "text", text: `The tool ${String(block.tool_name)} can be called now.` }];
      default:
        return [];
    }
  });
}

function documentParts(block: Json): Json[] {
  const source = isObject(block.source) ? block.source : {};
  const filename = typeof block.title === "string" && block.title !== "" ? block.title : "document.pdf";
  if (source.type === "base64") {
    const data = `data:${String(source.media_type)};base64,${String(source.data)}`;
    return [{ type: "file", file: { filename, file_data: data }, ...cacheOf(block) }];
  }
  const title = typeof block.title === "string" ? [{ type: "text", text: block.title }] : [];
  if (source.type === "text") return [...title, { type: "text", text: source.data, ...cacheOf(block) }];
  return [...title, ...partsFromBlocks(blocksOf(source.content))];
}

/** Parts as the plainest content that says the same: one text where there is nothing else to say. */
export function plainContent(parts: readonly Json[]): string | Json[] {
  const plain = parts.every((part) => part.type === "text" && part.cache_control === undefined);
  return plain ? parts.map((part) => String(part.text)).join("\n\n") : [...parts];
}
