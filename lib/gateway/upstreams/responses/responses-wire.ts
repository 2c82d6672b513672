import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import type { UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { Wire, WireEvent, WireStream } from "@/lib/gateway/upstreams/wire";
import { ChunkMaker } from "./chunk-maker";
import { responsesFromChat } from "./from-chat";
import { plainEvents } from "./plain-events";
import { responsesFailure } from "./responses-failure";
import { ResponsesObserver } from "./responses-observer";
import { completionFromResponse } from "./to-completion";

/** POST .../responses. Source: OpenAI API reference, "Responses". */
export const RESPONSES_WIRE: Wire = {
  name: "responses",
  fromChat: responsesFromChat,
  readPlain,
  toCompletion: completionFromResponse,
  openStream: () => new ResponsesWireStream(),
};

function readPlain(body: Json): ResponsesObserver | UpstreamFailure {
  if (body.error !== undefined && body.error !== null) return responsesFailure(body.error);
  if (!isAnswer(body)) return { failed: true, kind: "malformed", detail: "200 without a finished response" };
  const observer = new ResponsesObserver();
  observer.whole(body);
  return observer;
}

function isAnswer(body: Json): boolean {
  return Array.isArray(body.output) && (body.status === "completed" || body.status === "incomplete");
}

class ResponsesWireStream implements WireStream {
  readonly observer = new ResponsesObserver();
  private readonly maker = new ChunkMaker(this.observer);

  read(data: string, name: string | null): WireEvent {
    // Not part of this API, but some servers end every stream with it.
    if (data === "[DONE]" && this.observer.finished) return { kind: "done", json: null };
    const json: unknown = JSON.parse(data);
    if (!isObject(json)) throw new Error("an event is not a JSON object");
    const type = typeof json.type === "string" ? json.type : name;
    switch (type) {
      case "keepalive":
        return { kind: "ignore" };
      case "response.created":
      case "response.queued":
      case "response.in_progress":
        // OpenAI says so at once, and only then finds a prompt too long or itself too busy.
        this.observer.event(json);
        return { kind: "prelude", json };
      case "error":
        return { kind: "failed", failure: responsesFailure(isObject(json.error) ? json.error : json) };
      case "response.failed": {
        const error = isObject(json.response) ? json.response.error : null;
        return { kind: "failed", failure: responsesFailure(error ?? { message: "the response failed" }) };
      }
      case "response.completed":
      case "response.incomplete":
        this.observer.event(json);
        if (!this.observer.finished) throw new Error("the last event has no response");
        return { kind: "done", json };
      default:
        if (!type && isObject(json.error)) {
          return { kind: "failed", failure: responsesFailure(json.error) };
        }
        this.observer.event(json);
        return { kind: "event", json };
    }
  }

  toChunks(event: Json): Json[] {
    return this.maker.chunks(event);
  }

  fromPlain(body: Json): { json: Json; name: string }[] | null {
    return isAnswer(body) ? plainEvents(body) : null;
  }
}
