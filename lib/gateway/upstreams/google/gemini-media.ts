import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { GatewayError, invalidRequest } from "@/lib/gateway/gateway-error";
import type { GeminiModel } from "./gemini-model";

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w.+-]+=[^;,]*)*;base64,/i;
const MIME_BY_ENDING: Readonly<Record<string, string>> = {
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  heic: "image/heic",
  heif: "image/heif",
  bmp: "image/bmp",
};

function refuse(message: string, param: string): never {
  throw new GatewayError("unsupported_capability", { message, param });
}

/**
 * One part of a message's content that is no text, as a part of Gemini's. Data is moved, never decoded: it may be cut
 * (see scan-body). Throws `unsupported_capability` for what Gemini cannot read.
 */
export function toMediaPart(part: Json, param: string, model: GeminiModel): Json {
  if (part.type === "image_url") return imagePart(part.image_url, `${param}.image_url`, model);
  if (part.type === "input_audio" && isObject(part.input_audio)) return audioPart(part.input_audio, param);
  if (part.type === "file" && isObject(part.file)) return filePart(part.file, param);
  const type = typeof part.type === "string" ? part.type : "nameless";
  return refuse(`This model cannot read content of the type ${JSON.stringify(type.slice(0, 60))}.`, param);
}

/** Whether a part of a chat message is an image. */
export const isImage = (part: unknown): part is Json => isObject(part) && part.type === "image_url";

function imagePart(value: unknown, param: string, model: GeminiModel): Json {
  const url = isObject(value) ? value.url : value;
  if (typeof url !== "string") throw invalidRequest(`${param}.url must be a URL or a data URL.`, param);
  if (url.startsWith("data:")) return inlinePart(url, "image/jpeg", param);
  return { fileData: { mimeType: mimeOf(url), fileUri: checkAddress(url, param, model) } };
}

function inlinePart(url: string, usual: string, param: string): Json {
  const head = DATA_URL.exec(url);
  if (!head) throw invalidRequest(`${param} must be a data URL in base64: data:TYPE;base64,DATA.`, param);
  const mimeType = (head[1] ?? usual).toLowerCase();
  return {
    inlineData: {
      mimeType: mimeType === "image/jpg" ? "image/jpeg" : mimeType,
      data: url.slice(head[0].length),
    },
  };
}

/**
 * Gemini fetches public addresses by itself since January 2026. Addresses at Google's own file store would be the
 * operator's files, shared between tenants, and a YouTube address is a whole video.
 */
function checkAddress(address: string, param: string, model: GeminiModel): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") {
    refuse("Images must come as an https address or as a data URL.", param);
  }
  if (
    /(?:^|\.)(?:youtube\.com|youtu\.be|generativelanguage\.googleapis\.com)$/.test(url.hostname) ||
    model.generation < 2.5
  ) {
    refuse("This model cannot fetch this address. Send the image itself, as a data URL.", param);
  }
  return address;
}

function mimeOf(address: string): string {
  const ending = /\.(\w{3,4})(?:[?#]|$)/.exec(address)?.[1]?.toLowerCase() ?? "";
  return MIME_BY_ENDING[ending] ?? "image/jpeg";
}

function audioPart(audio: Json, param: string): Json {
  if (typeof audio.data !== "string") throw invalidRequest(`${param}.data must be audio in base64.`, param);
  const format = typeof audio.format === "string" && /^\w{2,5}$/.test(audio.format) ? audio.format : "wav";
  return { inlineData: { mimeType: `audio/${format}`, data: audio.data } };
}

function filePart(file: Json, param: string): Json {
  if (typeof file.file_data !== "string") refuse("Files must come with their content in file_data.", param);
  const usual = "application/pdf";
  if (file.file_data.startsWith("data:")) return inlinePart(file.file_data, usual, param);
  return { inlineData: { mimeType: usual, data: file.file_data } };
}
