import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { Wire, WireEvent, WireStream } from "@/lib/gateway/upstreams/wire";
import { bodyFromChat } from "./body-from-chat";
import { ChunksFromEvents } from "./chunks-from-events";
import { completionFromMessage } from "./completion-from-message";
import { eventsFromMessage } from "./events-from-message";
import { MessagesObserver } from "./messages-observer";

/** POST .../v1/messages of Anthropic, and of those who speak like it. Source: Anthropic API reference, "Messages". */
export const MESSAGES_WIRE: Wire = {
  name: "messages",
  fromChat: bodyFromChat,
  readPlain,
  toCompletion: completionFromMessage,
  openStream: () => new MessagesWireStream(),
};

function readPlain(body: Json, text: string): MessagesObserver | UpstreamFailure {
  if (body.type === "error" || (body.error !== undefined && body.error !== null)) {
    return errorBodyFailure(body.error, text);
  }
  if (!Array.isArray(body.content)) return { failed: true, kind: "malformed", detail: "200 without content" };
  const observer = new MessagesObserver();
  observer.message(body);
  return observer;
}

class MessagesWireStream implements WireStream {
  readonly observer = new MessagesObserver();
  private readonly chunks = new ChunksFromEvents();

  read(data: string, name: string | null): WireEvent {
    // Nothing of Anthropic's, but some that speak like it end with it.
    if (data === "[DONE]") return this.observer.finished ? { kind: "done", json: null } : { kind: "ignore" };
    const json: unknown = JSON.parse(data);
    if (!isObject(json)) throw new Error("an event is not a JSON object");
    const type = json.type ?? name ?? (json.error ? "error" : undefined);
    if (type === "ping") return { kind: "ignore" };
    if (type === "error") return { kind: "failed", failure: errorBodyFailure(json.error, data) };
    if (json.type === undefined) json.type = type;
    this.observer.event(json);
    if (type === "message_start") return { kind: "prelude", json };
    return { kind: type === "message_stop" ? "done" : "event", json };
  }

  toChunks(event: Json): Json[] {
    return this.chunks.next(event);
  }

  fromPlain(body: Json): { json: Json; name: string | null }[] | null {
    return Array.isArray(body.content) ? eventsFromMessage(body) : null;
  }
}
