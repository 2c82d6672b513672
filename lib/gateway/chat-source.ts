import type { CatalogRoute } from "@/lib/catalog/types";
import { chunksFromCompletion } from "@/lib/gateway/dialects/chat/chat-chunks";
import type { Services } from "@/lib/gateway/services";
import { UpstreamCall, type UpstreamSink } from "@/lib/gateway/upstream-call";
import { errorBodyFailure, type UpstreamFailure } from "@/lib/gateway/upstream-failure";
import { ChatObserver } from "@/lib/gateway/upstreams/chat-observer";
import type { UpstreamTarget } from "@/lib/gateway/upstreams/openai-compatible";
import { SseParser } from "@/lib/gateway/upstreams/sse-parser";

/** Who hears what one upstream stream brings. After `onDone` or `onFail` nothing more comes. */
export interface ChatSourceListener {
  /** One chunk, parsed and as it came. */
  onChunk(chunk: Record<string, unknown>, data: string): void;
  /** Everything that came in one piece has been told. */
  onPause(): void;
  onDone(): void;
  onFail(failure: UpstreamFailure): void;
}

const DONE = "[DONE]";

/** One try of a streamed completion upstream: its bytes become chunks, and every way of going wrong one failure. */
export class ChatSource implements UpstreamSink {
  readonly observer = new ChatObserver();
  readonly sentMs = performance.now();
  private readonly upstream: UpstreamCall;
  private readonly parser = new SseParser((data) => this.event(data));
  /** Of an answer that came plain although a stream was asked for. */
  private plain: Buffer[] | null = null;
  private over = false;

  constructor(
    services: Services,
    readonly route: CatalogRoute,
    private readonly listener: ChatSourceListener,
  ) {
    this.upstream = new UpstreamCall(services, route.connection, this);
  }

  start(target: UpstreamTarget, body: Buffer): void {
    this.upstream.start(target, body);
  }

  get firstByteMs(): number | null {
    return this.upstream.firstByteMs;
  }

  /** Cuts it; the listener hears nothing more. */
  abort(): void {
    this.over = true;
    this.upstream.abort();
  }

  pause(): void {
    this.upstream.pause();
  }

  resume(): void {
    this.upstream.resume();
  }

  begin(contentType: string): void {
    if (contentType.includes("application/json")) this.plain = [];
  }

  data(chunk: Buffer): void {
    if (this.over) return;
    if (this.plain) {
      this.plain.push(chunk);
      return;
    }
    try {
      this.parser.push(chunk);
    } catch (error) {
      this.broken((error as Error).message);
    }
    if (!this.over) this.listener.onPause();
  }

  end(): void {
    if (this.over) return;
    if (this.plain) this.plainAnswer(Buffer.concat(this.plain).toString("utf8"));
    else if (this.observer.finishReason !== null && this.observer.open.size === 0) this.done();
    else this.broken("the stream ended early");
  }

  fail(failure: UpstreamFailure): void {
    if (this.over) return;
    this.over = true;
    this.listener.onFail(failure);
  }

  private done(): void {
    this.over = true;
    // The rest is read, so that the connection can serve the next call.
    this.upstream.release();
    this.listener.onDone();
  }

  private refuse(failure: UpstreamFailure): void {
    this.abort();
    this.listener.onFail(failure);
  }

  private broken(detail: string): void {
    this.refuse({ failed: true, kind: "malformed", detail });
  }

  private event(data: string): void {
    if (this.over) return;
    if (data === DONE) {
      this.done();
      return;
    }
    let chunk: unknown;
    try {
      chunk = JSON.parse(data);
    } catch {
      // Judged below.
    }
    if (typeof chunk === "object" && chunk !== null) this.chunk(chunk as Record<string, unknown>, data);
    else this.broken("an event is not a JSON object");
  }

  private chunk(chunk: Record<string, unknown>, data: string): void {
    if (chunk.error !== undefined && chunk.error !== null) {
      this.refuse(errorBodyFailure(chunk.error, data));
      return;
    }
    this.observer.chunk(chunk);
    this.listener.onChunk(chunk, data);
  }

  private plainAnswer(text: string): void {
    let body: Record<string, unknown> | null = null;
    try {
      body = JSON.parse(text) as Record<string, unknown> | null;
    } catch {
      // Judged below.
    }
    if (body?.error !== undefined && body.error !== null) {
      this.refuse(errorBodyFailure(body.error, text));
    } else if (!body || !Array.isArray(body.choices)) {
      this.broken("200 without a stream");
    } else {
      for (const chunk of chunksFromCompletion(body)) this.chunk(chunk, JSON.stringify(chunk));
      this.done();
    }
  }
}
