import type { Json, RequestImage } from "@/lib/gateway/dialects/api-request";
import { type BodyScan, cutBytes } from "@/lib/gateway/dialects/chat/scan-body";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError, invalidRequest } from "@/lib/gateway/gateway-error";
import { refuseHosted } from "./refuse-extras";

/** What the messages of a call are made of, as far as the gateway has to know. */
export interface ReadMessages {
  messages: readonly Json[];
  /** Pictures, and PDF files, whose pages count as pictures. */
  images: RequestImage[];
}

/** Checks the messages. Throws `invalid_request_error` naming the place the way Anthropic names it. */
export function readMessages(value: unknown, scan: BodyScan): ReadMessages {
  if (!Array.isArray(value) || value.length === 0) {
    throw invalidRequest("messages must be a list with at least one message.", "messages");
  }
  const images: RequestImage[] = [];
  for (const [at, message] of (value as unknown[]).entries()) {
    const param = `messages.${at}`;
    if (!isObject(message)) throw invalidRequest(`${param} must be an object.`, param);
    if (typeof message.role !== "string") {
      throw invalidRequest(`${param}.role must be "user" or "assistant".`, `${param}.role`);
    }
    readContent(message.content, `${param}.content`, scan, images);
  }
  return { messages: value as Json[], images };
}

/** Checks the content of a message or of a tool's result, and collects its images. */
export function readContent(content: unknown, param: string, scan: BodyScan, images: RequestImage[]): void {
  if (typeof content === "string") return;
  if (!Array.isArray(content)) throw invalidRequest(`${param} must be a text or a list of blocks.`, param);
  for (const [at, block] of (content as unknown[]).entries()) {
    const place = `${param}.${at}`;
    if (!isObject(block)) throw invalidRequest(`${place} must be an object.`, place);
    if (typeof block.type !== "string") {
      throw invalidRequest(`${place}.type must be a text such as "text".`, `${place}.type`);
    }
    readBlock(block, place, scan, images);
  }
}

function readBlock(block: Json, place: string, scan: BodyScan, images: RequestImage[]): void {
  switch (block.type) {
    case "text":
      if (typeof block.text !== "string")
        throw invalidRequest(`${place}.text must be a text.`, `${place}.text`);
      return;
    case "image":
      images.push(readImage(block.source, `${place}.source`, scan));
      return;
    case "document":
      readDocument(block.source, `${place}.source`, scan, images);
      return;
    case "tool_use":
      readText(block.id, `${place}.id`);
      readText(block.name, `${place}.name`);
      return;
    case "tool_result":
      readText(block.tool_use_id, `${place}.tool_use_id`);
      if (block.content !== undefined && block.content !== null) {
        readContent(block.content, `${place}.content`, scan, images);
      }
      return;
    case "tool_addition":
      if (isObject(block.tool)) refuseHosted(block.tool.definition, `${place}.tool.definition.type`);
      return;
    case "container_upload":
      throw storedFile(place);
  }
}

function readText(value: unknown, place: string): void {
  if (typeof value !== "string" || value === "") throw invalidRequest(`${place} must be a text.`, place);
}

function storedFile(place: string): GatewayError {
  return invalidRequest(`${place}: files stored at the provider cannot be used. Send its content.`, place);
}

function readSource(source: unknown, place: string): Json {
  if (!isObject(source) || typeof source.type !== "string") {
    throw invalidRequest(`${place} must be an object with a type.`, place);
  }
  if (source.type === "file") throw storedFile(place);
  const field = source.type === "url" ? "url" : "data";
  if (source.type !== "content" && typeof source[field] !== "string") {
    throw invalidRequest(`${place}.${field} must be a text.`, `${place}.${field}`);
  }
  return source;
}

function readImage(value: unknown, place: string, scan: BodyScan): RequestImage {
  const source = readSource(value, place);
  const data = String(source.data ?? source.url ?? "");
  return { detail: "other", cutBytes: cutBytes(scan, data), data };
}

function readDocument(value: unknown, place: string, scan: BodyScan, images: RequestImage[]): void {
  const source = readSource(value, place);
  if (source.type === "content" && Array.isArray(source.content)) {
    readContent(source.content, `${place}.content`, scan, images);
  } else if (source.type === "url") {
    // What it will cost shows only there, and a hold must cover it beforehand.
    throw new GatewayError("unsupported_capability", {
      message: `${place}: documents by address are not supported here. Send the document itself.`,
      param: place,
    });
  } else if (source.type === "base64") {
    // Its bytes stay in the bound, for its text; its pages are shown as pictures as well.
    images.push({ detail: "other", cutBytes: 0 });
  }
}
