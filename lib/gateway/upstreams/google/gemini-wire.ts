import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { Wire, WireEvent, WireStream } from "@/lib/gateway/upstreams/wire";
import { GeminiChunks, toCompletion } from "./gemini-answer";
import { GeminiObserver } from "./gemini-observer";
import { blockReason } from "./gemini-parts";
import { toGeminiRequest } from "./gemini-request";
import { googleError } from "./google-error";

/**
 * Gemini's own API: models.generateContent and models.streamGenerateContent?alt=sse. A stream has no closing event;
 * it is complete when it ends after a finish reason. Source: Gemini API reference (v1beta), "Generating content".
 */
export const GEMINI_WIRE: Wire = {
  name: "gemini",
  fromChat: toGeminiRequest,
  readPlain,
  toCompletion,
  openStream: () => new GeminiStream(),
};

/** The model ended without an answer: a fault of the upstream's that may be gone when it is asked again. */
const noAnswer = (detail: string): UpstreamFailure => ({ failed: true, kind: "status", status: 502, detail });

/** Whether a body answers, be it with nothing but the reason why there is no answer. */
function isAnswer(body: Json): boolean {
  return (Array.isArray(body.candidates) && body.candidates.length > 0) || blockReason(body) !== null;
}

function readPlain(body: Json, text: string): GeminiObserver | UpstreamFailure {
  const error = googleError(body);
  if (error) return errorBodyFailure(error, text);
  if (!isAnswer(body)) {
    return { failed: true, kind: "malformed", detail: "200 without candidates" };
  }
  const observer = new GeminiObserver();
  observer.see(body);
  return observer.broken === null ? observer : noAnswer(observer.broken);
}

class GeminiStream implements WireStream {
  readonly observer = new GeminiObserver();
  private readonly chunks = new GeminiChunks();

  read(data: string): WireEvent {
    // Proxies that speak to OpenAI's clients too end every stream so.
    if (data === "[DONE]") return this.observer.finished ? { kind: "done", json: null } : { kind: "ignore" };
    const json: unknown = JSON.parse(data);
    const error = googleError(json);
    if (error) return { kind: "failed", failure: errorBodyFailure(error, data) };
    if (!isObject(json)) throw new Error("an event is not a JSON object");
    this.observer.see(json);
    if (this.observer.broken !== null) return { kind: "failed", failure: noAnswer(this.observer.broken) };
    return { kind: "event", json };
  }

  toChunks(event: Json): Json[] {
    return this.chunks.of(event);
  }

  lastChunks(): Json[] {
    return this.chunks.last();
  }

  /** Without `alt=sse` the events come as one JSON list; some proxies drop the query. */
  fromPlain(body: Json): { json: Json; name: null }[] | null {
    const events = (Array.isArray(body) ? (body as unknown[]) : [body]).filter(isObject);
    if (!events.some((event) => isAnswer(event) || googleError(event) !== null)) return null;
    return events.map((json) => ({ json, name: null }));
  }
}
