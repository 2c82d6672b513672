import type { Json } from "@/lib/gateway/dialects/api-request";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import { chunksFromCompletion } from "@/lib/gateway/upstreams/chat-chunks";
import { chatFromPivot } from "@/lib/gateway/upstreams/chat-from-pivot";
import { ChatObserver } from "@/lib/gateway/upstreams/chat-observer";
import type { Wire, WireEvent, WireStream } from "@/lib/gateway/upstreams/wire";

const DONE = "[DONE]";

/** POST .../chat/completions as OpenAI defined it and everybody speaks it. */
export const CHAT_WIRE: Wire = {
  name: "chat",
  fromChat: chatFromPivot,
  readPlain,
  toCompletion: (body) => body,
  openStream: () => new ChatWireStream(),
};

function readPlain(body: Json, text: string): ChatObserver | UpstreamFailure {
  const { error, choices } = body;
  if (error !== undefined && error !== null) return errorBodyFailure(error, text);
  if (!Array.isArray(choices)) return { failed: true, kind: "malformed", detail: "200 without choices" };
  const observer = new ChatObserver();
  observer.completion(body);
  return observer;
}

class ChatWireStream implements WireStream {
  readonly observer = new ChatObserver();

  read(data: string): WireEvent {
    if (data === DONE) return { kind: "done", json: null };
    const chunk: unknown = JSON.parse(data);
    if (typeof chunk !== "object" || chunk === null || Array.isArray(chunk)) {
      throw new Error("an event is not a JSON object");
    }
    const json = chunk as Json;
    if (json.error !== undefined && json.error !== null) {
      return { kind: "failed", failure: errorBodyFailure(json.error, data) };
    }
    this.observer.chunk(json);
    return { kind: "event", json };
  }

  toChunks(event: Json): Json[] {
    return [event];
  }

  fromPlain(body: Json): { json: Json; name: null }[] | null {
    if (!Array.isArray(body.choices)) return null;
    return chunksFromCompletion(body).map((json) => ({ json, name: null }));
  }
}
