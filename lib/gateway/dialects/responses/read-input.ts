import type { Json, RequestImage } from "@/lib/gateway/dialects/api-request";
import { type BodyScan, cutBytes } from "@/lib/gateway/dialects/chat/scan-body";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { invalidRequest } from "@/lib/gateway/gateway-error";

export interface ReadInput {
  items: Json[];
  images: RequestImage[];
  audio: boolean;
}

/**
 * The items of a call, each an object; a text is one message of the user. What is used here is checked by name,
 * unknown kinds of item pass. Throws `invalid_request_error`, also for references to what is stored elsewhere.
 * Source: OpenAI API reference, "Create a model response", `input`.
 */
export function readInput(input: unknown, scan: BodyScan): ReadInput {
  const read: ReadInput = { items: [], images: [], audio: false };
  if (typeof input === "string") {
    read.items.push({ type: "message", role: "user", content: input });
    return read;
  }
  if (!Array.isArray(input) || input.length === 0) {
    throw invalidRequest("input must be a text, or a list with at least one item.", "input");
  }
  for (let i = 0; i < input.length; i++) {
    const item: unknown = input[i];
    const param = `input[${i}]`;
    if (!isObject(item)) throw invalidRequest(`${param} must be an object.`, param);
    readItem(item, param, read, scan);
    read.items.push(item);
  }
  return read;
}

/** The kind of an item; a message may leave it out. */
export function itemType(item: Json): string {
  if (typeof item.type === "string") return item.type;
  return typeof item.role === "string" ? "message" : "item_reference";
}

function readItem(item: Json, param: string, read: ReadInput, scan: BodyScan): void {
  switch (itemType(item)) {
    case "item_reference":
      throw invalidRequest(
        `${param} refers to an item by its id, and this gateway stores none. Set store to false in your client, so that it sends every item whole.`,
        param,
      );
    case "message":
      if (typeof item.role !== "string") {
        throw invalidRequest(`${param}.role must be a text such as "user".`, `${param}.role`);
      }
      readContent(item.content, `${param}.content`, read, scan);
      return;
    case "function_call":
      readTexts(item, ["call_id", "name", "arguments"], param);
      return;
    case "custom_tool_call":
      readTexts(item, ["call_id", "name", "input"], param);
      return;
    case "function_call_output":
    case "custom_tool_call_output":
      readTexts(item, ["call_id"], param);
      readContent(item.output, `${param}.output`, read, scan);
      return;
    case "computer_call_output":
      if (isObject(item.output)) readPart(item.output, `${param}.output`, read, scan);
      return;
    default:
  }
}

function readTexts(item: Json, names: readonly string[], param: string): void {
  for (const name of names) {
    if (typeof item[name] !== "string") {
      throw invalidRequest(`${param}.${name} must be a text.`, `${param}.${name}`);
    }
  }
}

function readContent(content: unknown, param: string, read: ReadInput, scan: BodyScan): void {
  if (content === undefined || content === null || typeof content === "string") return;
  if (!Array.isArray(content)) throw invalidRequest(`${param} must be a text or a list of parts.`, param);
  for (let i = 0; i < content.length; i++) {
    const part: unknown = content[i];
    if (!isObject(part)) throw invalidRequest(`${param}[${i}] must be an object.`, `${param}[${i}]`);
    readPart(part, `${param}[${i}]`, read, scan);
  }
}

function readPart(part: Json, param: string, read: ReadInput, scan: BodyScan): void {
  if (typeof part.file_id === "string") {
    throw invalidRequest(
      `${param}: files stored at the provider cannot be used. Send the content itself.`,
      `${param}.file_id`,
    );
  }
  switch (part.type) {
    case "input_image":
    case "computer_screenshot":
      if (typeof part.image_url !== "string") {
        throw invalidRequest(`${param}.image_url must be a URL or a data URL.`, `${param}.image_url`);
      }
      read.images.push({
        detail: part.detail === "low" ? "low" : "other",
        cutBytes: cutBytes(scan, part.image_url),
        data: part.image_url,
      });
      return;
    case "input_file":
      if (typeof part.file_url === "string") {
        throw invalidRequest(
          `${param}: a file by its URL cannot be priced before it is read. Send its content as file_data.`,
          `${param}.file_url`,
        );
      }
      return;
    case "input_audio":
      read.audio = true;
      return;
    default:
  }
}
