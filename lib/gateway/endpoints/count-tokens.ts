import { authenticate } from "@/lib/gateway/authenticate";
import { countInput } from "@/lib/gateway/bound-input";
import type { Call } from "@/lib/gateway/call";
import { MessagesRequest } from "@/lib/gateway/dialects/messages/messages-request";
import { parseMessages } from "@/lib/gateway/dialects/messages/parse-messages";
import { findModel } from "@/lib/gateway/find-model";
import { readBody } from "@/lib/gateway/read-body";
import { sendJson } from "@/lib/gateway/respond";

/** What Anthropic counts for a picture of the size to which it scales larger ones down, at most. */
const IMAGE = 1_600;
/** The prompt with which Anthropic explains tools to a model. */
const TOOLS = 346;

/**
 * POST /v1/messages/count_tokens: what the input of a call would count. Free and outside the limits of calls, because
 * Claude Code asks two dozen at once. Counted here, with OpenAI's vocabulary, whoever would answer: an estimate.
 * Source: Anthropic API reference, "Count tokens"; docs, "Token counting", "Vision", "Tool use" pricing.
 */
export async function countTokensEndpoint(call: Call): Promise<void> {
  const { services } = call;
  const key = await authenticate(call);
  const bytes = await readBody(call.req, services.limits.maxBodyBytes, services.limits.bodyTimeoutMs);
  call.requestBytes = bytes.length;
  const request = new MessagesRequest(parseMessages(bytes, call.req.headers, true));
  findModel(services.catalog.current, key, request.model);
  const counted = await countInput(request);
  const tools = request.hasTools ? TOOLS : 0;
  sendJson(call, 200, { input_tokens: counted + tools + IMAGE * request.images.length });
}
