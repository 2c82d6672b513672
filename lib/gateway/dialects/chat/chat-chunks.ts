import type { TokenBuckets } from "@/lib/gateway/price-call";
import type { ChatObserver } from "@/lib/gateway/upstreams/chat-observer";
import { openAiFromBuckets } from "@/lib/gateway/upstreams/openai-usage";

type Json = Record<string, unknown>;

/** What every chunk of one answer has in common. */
function frame(observer: ChatObserver): Json {
  return {
    id: observer.id || "chatcmpl-tollgate",
    object: "chat.completion.chunk",
    created: observer.created || Math.floor(Date.now() / 1000),
    model: observer.model,
  };
}

/** The chunk that ends one answer. */
export function finishChunk(observer: ChatObserver, index: number, reason: string): string {
  return JSON.stringify({ ...frame(observer), choices: [{ index, delta: {}, finish_reason: reason }] });
}

/** The last chunk of a stream with `include_usage`, where the upstream gave none. */
export function usageChunk(observer: ChatObserver, tokens: TokenBuckets): string {
  return JSON.stringify({ ...frame(observer), choices: [], usage: openAiFromBuckets(tokens) });
}

/** A whole answer as the chunks of a stream: one with everything, one with its usage. */
export function chunksFromCompletion(body: Json): Json[] {
  const choices = Array.isArray(body.choices) ? (body.choices as Json[]) : [];
  const common = { id: body.id, object: "chat.completion.chunk", created: body.created, model: body.model };
  const chunk = {
    ...common,
    choices: choices.map((choice, at) => {
      const message = (choice.message ?? {}) as Json;
      const calls = Array.isArray(message.tool_calls) ? (message.tool_calls as Json[]) : null;
      const delta = calls
        ? { ...message, tool_calls: calls.map((call, index) => ({ index, ...call })) }
        : message;
      return { index: choice.index ?? at, delta, finish_reason: choice.finish_reason ?? "stop" };
    }),
  };
  return body.usage ? [chunk, { ...common, choices: [], usage: body.usage }] : [chunk];
}
