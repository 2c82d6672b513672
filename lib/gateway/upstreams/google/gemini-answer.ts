import type { Json } from "@/lib/gateway/dialects/api-request";
import { openAiFromBuckets } from "@/lib/gateway/upstreams/openai-usage";
import { randomBase62 } from "@/lib/ids";
import { blockReason, type GeminiPart, readCandidates, toFinishReason } from "./gemini-parts";
import { GOOGLE_FORMAT } from "./gemini-signatures";
import { bucketsFromGemini } from "./gemini-usage";

const now = () => Math.floor(Date.now() / 1000);

function refusalText(reason: string): string {
  return `The provider's content filter refused this prompt (${reason}).`;
}

/** One part as what it adds to a chat message; `toolIndex` numbers the calls of one answer. */
function partDelta(part: GeminiPart, toolIndex: number): Json {
  if (part.kind === "call") {
    const call: Json = {
      index: toolIndex,
      id: part.id ?? `call_${randomBase62(24)}`,
      type: "function",
      function: { name: part.name, arguments: part.args },
    };
    if (part.signature !== null) call.extra_content = { google: { thought_signature: part.signature } };
    return { tool_calls: [call] };
  }
  const details: Json[] = [];
  const delta: Json = {};
  if (part.kind === "thought" && part.text !== "") {
    delta.reasoning_content = part.text;
    details.push({ type: "reasoning.text", text: part.text, format: GOOGLE_FORMAT, index: 0 });
  }
  if (part.kind === "text") delta.content = part.text;
  if (part.kind === "image") delta.images = [{ type: "image_url", image_url: { url: part.url } }];
  if (part.signature !== null) {
    details.push({ type: "reasoning.encrypted", data: part.signature, format: GOOGLE_FORMAT, index: 1 });
  }
  if (details.length > 0) delta.reasoning_details = details;
  return delta;
}

/** A whole response as a chat completion. */
export function toCompletion(body: Json): Json {
  const usage = bucketsFromGemini(body.usageMetadata);
  const choices: Json[] = readCandidates(body).map(({ index, parts, finishReason, logprobs }) => {
    const message = toMessage(parts);
    const reason = toFinishReason(finishReason ?? "STOP", message.tool_calls !== undefined);
    return { index, message, logprobs, finish_reason: reason };
  });
  const blocked = blockReason(body);
  if (choices.length === 0 && blocked !== null) {
    const message = { role: "assistant", content: null, refusal: refusalText(blocked) };
    choices.push({ index: 0, message, logprobs: null, finish_reason: "content_filter" });
  }
  return {
    id: typeof body.responseId === "string" ? body.responseId : `chatcmpl-${randomBase62(24)}`,
    object: "chat.completion",
    created: now(),
    model: body.modelVersion ?? "",
    choices,
    ...(usage ? { usage: openAiFromBuckets(usage) } : {}),
  };
}

function toMessage(parts: readonly GeminiPart[]): Json {
  let content: string | null = null;
  let thoughts = "";
  const message: Json = { role: "assistant" };
  const calls: unknown[] = [];
  const images: unknown[] = [];
  const encrypted: unknown[] = [];
  for (const part of parts) {
    const delta = partDelta(part, calls.length);
    if (part.kind === "text") content = (content ?? "") + part.text;
    if (part.kind === "thought") thoughts += part.text;
    if (Array.isArray(delta.images)) images.push(...delta.images);
    if (Array.isArray(delta.tool_calls)) {
      for (const { index: _, ...call } of delta.tool_calls as Json[]) calls.push(call);
    }
    if (part.kind !== "call" && part.signature !== null) {
      encrypted.push((delta.reasoning_details as unknown[]).at(-1));
    }
  }
  message.content = content;
  const details =
    thoughts === ""
      ? encrypted
      : [{ type: "reasoning.text", text: thoughts, format: GOOGLE_FORMAT, index: 0 }, ...encrypted];
  if (thoughts !== "") message.reasoning_content = thoughts;
  if (details.length > 0) message.reasoning_details = details;
  if (images.length > 0) message.images = images;
  if (calls.length > 0) message.tool_calls = calls;
  return message;
}

/**
 * Makes chunks of the events of one stream: a chunk for each part, and at the end one for each end. Some models and
 * proxies name a finish reason in every event, or in the first one, so that none is told before the stream has ended.
 */
export class GeminiChunks {
  private id = "";
  private readonly created = now();
  private model: unknown = "";
  private readonly begun = new Set<number>();
  private readonly calls = new Map<number, number>();
  private readonly ends = new Map<number, string>();

  of(event: Json): Json[] {
    if (this.id === "") {
      this.id = typeof event.responseId === "string" ? event.responseId : `chatcmpl-${randomBase62(24)}`;
      this.model = event.modelVersion ?? "";
    }
    const chunks: Json[] = [];
    for (const { index, parts, finishReason, logprobs } of readCandidates(event)) {
      for (const part of parts) {
        const toolIndex = this.calls.get(index) ?? 0;
        if (part.kind === "call") this.calls.set(index, toolIndex + 1);
        chunks.push(this.chunk(index, partDelta(part, toolIndex)));
      }
      if (logprobs !== null) chunks.push(this.chunk(index, {}, { logprobs }));
      if (finishReason !== null) this.ends.set(index, finishReason);
    }
    const blocked = blockReason(event);
    if (blocked !== null && this.begun.size === 0 && this.ends.size === 0) {
      const refusal = { content: null, refusal: refusalText(blocked) };
      chunks.push(this.chunk(0, refusal, { finish_reason: "content_filter" }));
    }
    return chunks;
  }

  last(): Json[] {
    return [...this.ends].map(([index, reason]) =>
      this.chunk(index, {}, { finish_reason: toFinishReason(reason, this.calls.has(index)) }),
    );
  }

  private chunk(index: number, delta: Json, more: Json = {}): Json {
    const role = this.begun.has(index) ? {} : { role: "assistant" };
    this.begun.add(index);
    return {
      id: this.id,
      object: "chat.completion.chunk",
      created: this.created,
      model: this.model,
      choices: [{ index, delta: { ...role, ...delta }, finish_reason: null, ...more }],
    };
  }
}
