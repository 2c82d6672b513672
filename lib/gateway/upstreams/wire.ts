import type { Json, RewriteTo } from "@/lib/gateway/dialects/api-request";
import type { UpstreamFailure } from "@/lib/gateway/upstream-failure";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";

/** What travels between the gateway and an upstream. A wire with a dialect's name carries that dialect as it is. */
export type WireName =
  | "chat"
  | "completions"
  | "responses"
  | "messages"
  | "embeddings"
  | "gemini"
  | "gemini-embeddings";

export type WireEvent =
  /** An event before the answer itself. As long as nothing else came, a failure may still be tried elsewhere. */
  | { kind: "prelude"; json: Json }
  /** An event of the answer. */
  | { kind: "event"; json: Json }
  /** The end of the answer, with its event where that has content. */
  | { kind: "done"; json: Json | null }
  /** Nothing of interest: a ping. */
  | { kind: "ignore" }
  | { kind: "failed"; failure: UpstreamFailure };

/** One streamed answer on a wire. */
export interface WireStream {
  readonly observer: AnswerObserver;
  /** Reads one SSE event and has the observer see it. Throws on what cannot be read (the answer is malformed). */
  read(data: string, name: string | null): WireEvent;
  /** The event just read as chunks of the chat dialect, for a caller who speaks another dialect than this wire. */
  toChunks(event: Json): Json[];
  /** What such a caller is still owed once the stream has ended well. */
  lastChunks?(): Json[];
  /** A plain answer that came although a stream was asked for, as the events of one; null where it is no answer. */
  fromPlain(body: Json): { json: Json; name: string | null }[] | null;
}

/** How one kind of upstream API is spoken. */
export interface Wire {
  readonly name: WireName;
  /** A chat completion's body as this wire's own. Throws `unsupported_capability` for what it cannot say. */
  fromChat(chat: Json, to: RewriteTo): Json;
  /** A whole answer: watched, or why it is none (an error body with status 200, something else altogether). */
  readPlain(body: Json, text: string): AnswerObserver | UpstreamFailure;
  /** A whole answer as a chat completion. */
  toCompletion(body: Json): Json;
  openStream(): WireStream;
}
