import type { Json } from "@/lib/gateway/dialects/api-request";
import { isObject } from "@/lib/gateway/dialects/read-fields";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { Wire, WireEvent, WireStream } from "@/lib/gateway/upstreams/wire";
import { CompletionsObserver } from "./completions-observer";

const DONE = "[DONE]";

function untranslated(): never {
  throw new Error("legacy completions only pass through");
}

/** POST .../completions, for callers of the same dialect. Source: OpenAI API reference, "Create completion". */
export const COMPLETIONS_WIRE: Wire = {
  name: "completions",
  fromChat: untranslated,
  readPlain,
  toCompletion: untranslated,
  openStream: () => new CompletionsStream(),
};

function readPlain(body: Json, text: string): CompletionsObserver | UpstreamFailure {
  const { error, choices } = body;
  if (error !== undefined && error !== null) return errorBodyFailure(error, text);
  if (!Array.isArray(choices)) return { failed: true, kind: "malformed", detail: "200 without choices" };
  const observer = new CompletionsObserver();
  observer.see(body);
  return observer;
}

class CompletionsStream implements WireStream {
  readonly observer = new CompletionsObserver();
  readonly toChunks = untranslated;

  read(data: string): WireEvent {
    if (data === DONE) return { kind: "done", json: null };
    const json: unknown = JSON.parse(data);
    if (!isObject(json)) throw new Error("an event is not a JSON object");
    if (json.error !== undefined && json.error !== null) {
      return { kind: "failed", failure: errorBodyFailure(json.error, data) };
    }
    this.observer.see(json);
    return { kind: "event", json };
  }

  /** A whole completion has the shape of a chunk; its usage follows in one of its own, as in a stream. */
  fromPlain(body: Json): { json: Json; name: null }[] | null {
    if (!Array.isArray(body.choices)) return null;
    const { usage, ...chunk } = body;
    const events = [{ json: chunk, name: null }];
    if (isObject(usage)) events.push({ json: { ...chunk, choices: [], usage }, name: null });
    return events;
  }
}
