import { authenticate } from "@/lib/gateway/authenticate";
import type { Call } from "@/lib/gateway/call";
import { countTexts } from "@/lib/gateway/count-tokens";
import type { RequestImage } from "@/lib/gateway/dialects/api-request";
import { mostImageTokens } from "@/lib/gateway/dialects/image-tokens";
import { MessagesRequest } from "@/lib/gateway/dialects/messages/messages-request";
import { parseMessages } from "@/lib/gateway/dialects/messages/parse-messages";
import { requestImageSize } from "@/lib/gateway/dialects/request-image-size";
import { findModel } from "@/lib/gateway/find-model";
import { readBody } from "@/lib/gateway/read-body";
import { readRate } from "@/lib/gateway/read-rate";
import { sendJson } from "@/lib/gateway/respond";

/** A picture whose size does not show, or a page of a document. */
const USUAL_IMAGE = 1_600;
/** The prompt with which Anthropic explains tools to a model. */
const TOOLS = 346;
/** Around each message, and to begin the answer. */
const MESSAGE = 3;
/** What is counted word by word; of a longer text, the rest at the rate of its beginning. */
const SAMPLE_CHARS = 1_000_000;

/**
 * POST /v1/messages/count_tokens: what the input of a call would count. Free and outside the limits of calls, because
 * Claude Code asks two dozen at once; so no call of it may cost much. Counted here, with OpenAI's vocabulary, whoever
 * would answer: an estimate.
 * Source: Anthropic API reference, "Count tokens"; docs, "Token counting", "Tool use" pricing.
 */
export async function countTokensEndpoint(call: Call): Promise<void> {
  const { services } = call;
  const key = await authenticate(call);
  await readRate(call);
  const bytes = await readBody(call.req, services.limits.maxBodyBytes, services.limits.bodyTimeoutMs);
  call.requestBytes = bytes.length;
  const request = new MessagesRequest(parseMessages(bytes, call.req.headers, true));
  findModel(services.catalog.current, key, request.model);
  let total = MESSAGE * request.messageCount + (request.hasTools ? TOOLS : 0);
  for (const image of request.images) total += imageTokens(image, request);
  sendJson(call, 200, { input_tokens: total + (await countSampled(request.inputTexts())) });
}

function imageTokens(image: RequestImage, request: MessagesRequest): number {
  const size = image.data === undefined ? null : requestImageSize(image, request);
  return size ? mostImageTokens(size, image.detail, request.model) : USUAL_IMAGE;
}

async function countSampled(texts: Iterable<string>): Promise<number> {
  const sample: string[] = [];
  let sampled = 0;
  let chars = 0;
  for (const text of texts) {
    chars += text.length;
    if (sampled >= SAMPLE_CHARS) continue;
    const piece = text.slice(0, SAMPLE_CHARS - sampled);
    sample.push(piece);
    sampled += piece.length;
  }
  const counted = await countTexts(sample);
  return chars === sampled ? counted : Math.ceil((counted * chars) / sampled);
}
