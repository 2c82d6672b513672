import type { Json, Settled } from "@/lib/gateway/dialects/api-request";
import type { AnswerObserver } from "@/lib/gateway/upstreams/answer-observer";

/**
 * A stream as its caller sees it. Events come either in the caller's own dialect (`native`) or as chunks of the chat
 * dialect (`chunk`), never both. What ends a stream (`[DONE]`, `message_stop`, `response.completed`) is kept back
 * until `complete`, which comes after the durable settle. Exactly one of `complete`, `cut` and `fail` ends it.
 */
export interface StreamFace {
  /** Sent while nothing else is, so that proxies keep the connection: a comment or a ping, whole with its blank line. */
  readonly heartbeat: string;
  /** An event of an upstream that speaks the caller's dialect: its data as it came, parsed, and its name. */
  native(data: string, event: Json, name: string | null): void;
  chunk(chunk: Json): void;
  complete(settled: Settled, observer: AnswerObserver): void;
  /** The balance ended it: what is open is closed, and the answer says `length`. */
  cut(settled: Settled, observer: AnswerObserver): void;
  /** A failure after the stream began: a rendered error of this dialect, as an event, and the end. */
  fail(errorBody: string): void;
}
