import { countTexts } from "@/lib/gateway/count-tokens";
import type { ApiRequest } from "@/lib/gateway/dialects/api-request";
import { mostImageTokens } from "@/lib/gateway/dialects/image-tokens";
import { requestImageSize } from "@/lib/gateway/dialects/request-image-size";

/**
 * Upper bounds of a call's input tokens, for its reserve.
 *
 * Bytes. The vocabularies in use are byte-level (o200k, cl100k, Llama 3, Qwen, DeepSeek, Mistral's Tekken) or fall
 * back to bytes (Llama 2, Gemma): no token stands for less than one byte of UTF-8. JSON only lengthens a text
 * (escapes, quotes), and the 25 bytes and more of `{"role":"user","content":""}` outweigh the few tokens with which
 * a chat template wraps a message. So the length of the body bounds what it can count, whoever counts. What
 * providers add on their own is bounded by BASE (system preambles) and TOOLS (Anthropic's tool prompt: up to 530).
 *
 * That is three to five times the truth, and free. Where it decides anything (a refusal, a clamp), the text is
 * counted by o200k instead and widened by FOREIGN for vocabularies that split finer than o200k.
 *
 * Images are taken out and counted by their size at the most that the vendor of any of the routes may charge for one
 * (see image-tokens). Pages of a document count as one image more than the document's bytes.
 */
const BASE = 128;
const TOOLS = 600;
const DOCUMENT = 17_000;
const FOREIGN_NUMERATOR = 3;
const FOREIGN_DENOMINATOR = 2;

export interface InputBound {
  /** Upper bound of all input tokens, images included. */
  tokens: number;
  /** The part of it that images may be. */
  imageTokens: number;
}

function boundImages(request: ApiRequest, upstreamIds: readonly string[]): number {
  let total = 0;
  for (const image of request.images) {
    const size = requestImageSize(image, request);
    const most = upstreamIds.map((id) => mostImageTokens(size, image.detail, id));
    total += image.data === undefined ? DOCUMENT : Math.max(...most, most.length > 0 ? 0 : DOCUMENT);
  }
  return total;
}

function overhead(request: ApiRequest): number {
  return BASE + (request.hasTools ? TOOLS : 0);
}

/** The bound by bytes: instant. */
export function boundInput(request: ApiRequest, upstreamIds: readonly string[]): InputBound {
  const imageTokens = boundImages(request, upstreamIds);
  let pictures = 0;
  for (const image of request.images) pictures += image.cutBytes;
  return { tokens: request.bytes.length - pictures + overhead(request) + imageTokens, imageTokens };
}

/** The bound by counting: closer, never above the bound by bytes, and slower. */
export async function boundInputByCounting(
  request: ApiRequest,
  upstreamIds: readonly string[],
): Promise<InputBound> {
  const byBytes = boundInput(request, upstreamIds);
  const counted = await countTexts(request.inputTexts());
  const widened = Math.ceil((counted * FOREIGN_NUMERATOR) / FOREIGN_DENOMINATOR);
  const tokens =
    widened + uncounted(request) + 8 * request.messageCount + overhead(request) + byBytes.imageTokens;
  return { tokens: Math.min(tokens, byBytes.tokens), imageTokens: byBytes.imageTokens };
}

/** Bytes of long data URLs that are no pictures, such as attached files: they were cut and cannot be counted. */
function uncounted(request: ApiRequest): number {
  let bytes = 0;
  for (const blob of request.scan.blobs) bytes += blob.end - blob.start;
  for (const image of request.images) bytes -= image.cutBytes;
  return bytes;
}

/**
 * Input tokens as OpenAI's models count them (o200k, three tokens around each message and three to begin the
 * answer), without images, attached files at four bytes a token: for upstreams that report no usage.
 */
export async function countInput(request: ApiRequest): Promise<number> {
  const files = Math.ceil(uncounted(request) / 4);
  return (await countTexts(request.inputTexts())) + files + 3 * request.messageCount + 3;
}
